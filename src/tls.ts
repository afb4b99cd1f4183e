/** The server's own certificate: `TLS_CERT` and `TLS_KEY`. */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:https'
import { createSecureContext } from 'node:tls'
import type { FastifyBaseLogger } from 'fastify'
import { ConfigError } from './config-error.js'
import type { Config } from './config.js'

type TlsFiles = NonNullable<Config['tls']>

/** In PEM: a certificate with those that vouch for it, and its private key. */
export interface TlsPair {
  readonly cert: string
  readonly key: string
}

/** @throws ConfigError when a file cannot be read, or the two are no certificate and its key */
export function readTls({ cert, key }: TlsFiles): TlsPair {
  const pair = { cert: textOf('TLS_CERT', cert), key: textOf('TLS_KEY', key) }
  try {
    createSecureContext(pair)
  } catch (error) {
    const reason = (error as Error).message.split('::').at(-1)
    throw new ConfigError(
      `TLS_CERT and TLS_KEY must be a certificate and its own private key, in PEM: ${String(reason)}`,
    )
  }
  return pair
}

function textOf(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`${name} must be a file that the server can read: ${(error as Error).message}`)
  }
}

/** When the certificate ends that callers see; epoch milliseconds. */
export function endOf({ cert }: Pick<TlsPair, 'cert'>): number {
  return Date.parse(new X509Certificate(cert).validTo)
}

/** Says of a certificate that it has ended: the server serves it, and callers refuse it. */
export function warnOfEnd(pair: TlsPair, logger: { error: (sentence: string) => unknown }): void {
  const end = endOf(pair)
  if (end > Date.now()) return
  logger.error(
    `the certificate that TLS_CERT holds ended at ${new Date(end).toISOString()}, and callers refuse it: renew the files and send SIGHUP`,
  )
}

/** Reads a renewed certificate at SIGHUP, for connections to come: open ones go on. One that cannot be used changes nothing. */
export function renewAtSighup(
  server: Pick<Server, 'setSecureContext'>,
  files: TlsFiles,
  logger: FastifyBaseLogger,
  onRenewal: (pair: TlsPair) => void,
): void {
  process.on('SIGHUP', () => {
    try {
      const pair = readTls(files)
      server.setSecureContext(pair)
      onRenewal(pair)
      warnOfEnd(pair, logger)
      logger.info('new connections get the certificate that TLS_CERT holds now')
    } catch (error) {
      logger.error(`the certificate stays as it was: ${(error as Error).message}`)
    }
  })
}
