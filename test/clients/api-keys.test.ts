import t from 'tap'
import { canBeApiKey, derivedApiKey, hintOfApiKey, newApiKey } from '../../src/clients/api-keys.js'
import { KEY_KINDS } from '../../src/core/vocabulary/keys.js'

const PREFIXES = { publishable: /^rk_pub_/, secret: /^rk_sec_/, full: /^rk_full_/, callback: /^rk_cb_/ }

t.test('a key says what it is for, is like no other, and shows when it was mistyped', async (t) => {
  const made = new Set<string>()
  for (const kind of KEY_KINDS) {
    for (let n = 0; n < 50; n += 1) {
      const key = newApiKey(kind)
      made.add(key)
      t.match(key, PREFIXES[kind])
      t.match(key, /^rk_[a-z]+_[0-9A-Za-z]{30}$/)
      t.ok(canBeApiKey(key))
      const at = key.length - 1 - (n % 30)
      const other = key.charAt(at) === 'a' ? 'b' : 'a'
      t.notOk(canBeApiKey(`${key.slice(0, at)}${other}${key.slice(at + 1)}`), 'one character is another')
      t.notOk(canBeApiKey(key.slice(0, -1)), 'one is missing')
    }
  }
  t.equal(made.size, 200)
})

t.test(
  'a derived key is like any other, the same each time, and another for another name, kind or secret',
  async (t) => {
    const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
    const made = [
      derivedApiKey('callback', one, 'acme'),
      derivedApiKey('callback', one, 'acme2'),
      derivedApiKey('secret', one, 'acme'),
      derivedApiKey('callback', other, 'acme'),
    ]
    t.equal(new Set(made).size, 4)
    t.equal(derivedApiKey('callback', one, 'acme'), made[0])
    for (const key of made) {
      t.match(key, /^rk_(?:cb|sec)_[0-9A-Za-z]{30}$/)
      t.ok(canBeApiKey(key))
    }
  },
)

t.test('keys of the time before there were kinds are looked up as they are', async (t) => {
  for (const key of ['demo-api-key-789', 'ribbon-abcdef', 'rk_other_x', '']) t.ok(canBeApiKey(key), key)
})

t.test('what a key is recognised by is never enough to use it', async (t) => {
  t.equal(hintOfApiKey('demo-api-key-789'), 'demo-api-k...')
  const key = newApiKey('secret')
  t.equal(hintOfApiKey(key), `${key.slice(0, 11)}...`)
})
