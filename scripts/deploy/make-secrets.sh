#!/bin/sh
# Makes the secrets that compose.yaml names, in a folder beside it; those that are there already stay as they are.
set -eu
umask 077
mkdir -p "$(dirname "$0")/secrets"
cd "$(dirname "$0")/secrets"

# Engines mount these as they are, and the server runs as another user: the folder is what keeps others out.
make() {
  [ -e "$1" ] || { printf '%s' "$2" > "$1" && chmod 0644 "$1"; }
}
make database-password "$(openssl rand -hex 32)"
make redis-password "$(openssl rand -hex 32)"
make secrets-key "$(openssl rand -base64 32)"
make admin-token "$(openssl rand -base64 32)"
make database-url "postgres://ribbon:$(cat database-password)@database/ribbon"
make redis-url "redis://:$(cat redis-password)@cache:6379"
