import { createCipheriv } from 'node:crypto'
import t from 'tap'
import {
  isSealedWithCurrent,
  openApiCredentials,
  openCredentials,
  sealApiCredentials,
  sealCredentials,
} from '../../src/clients/credentials.js'
import { KeyRing } from '../../src/clients/key-ring.js'

const KEY = Buffer.alloc(32, 1)
const OTHER = Buffer.alloc(32, 2)
const ring = new KeyRing([KEY])
const credentials = { exotelToken: 'token', userId: 'user' }

/** As credentials were sealed before keys had ids. */
function sealedAsV1(key: Buffer, clientId: string): string {
  const nonce = Buffer.alloc(12, 9)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(clientId))
  const sealed = Buffer.concat([cipher.update(JSON.stringify(credentials)), cipher.final()])
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

t.test('sealed credentials open for the client they were sealed for', async (t) => {
  const sealed = await sealCredentials(ring, 'client-demo', credentials)
  t.match(sealed, new RegExp(`^v2\\.${ring.current.id}\\.[\\w-]+$`))
  t.strictSame(await openCredentials(ring, 'client-demo', sealed), credentials)
  t.notOk(sealed.includes('token'))
})

t.test('sealing twice gives two texts', async (t) => {
  t.not(
    await sealCredentials(ring, 'client-demo', credentials),
    await sealCredentials(ring, 'client-demo', credentials),
  )
})

t.test(
  'what a former key sealed opens, also from before keys had ids, and what is sealed anew takes the current one',
  async (t) => {
    const rotated = new KeyRing([OTHER, KEY])
    for (const sealed of [await sealCredentials(ring, 'client-demo', credentials), sealedAsV1(KEY, 'client-demo')]) {
      t.strictSame(await openCredentials(rotated, 'client-demo', sealed), credentials)
      t.equal(isSealedWithCurrent(rotated, sealed), false)
    }
    t.equal(isSealedWithCurrent(rotated, await sealCredentials(rotated, 'client-demo', credentials)), true)
  },
)

t.test('another client, another key and an altered text open nothing, and say so without the secret', async (t) => {
  const sealed = await sealCredentials(ring, 'client-demo', credentials)
  const altered = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA')
  const others = new KeyRing([OTHER])
  const relabelled = sealed.replace(ring.current.id, others.current.id)
  for (const [keys, clientId, text] of [
    [ring, 'client-001', sealed],
    [others, 'client-demo', sealed],
    [others, 'client-demo', relabelled],
    [ring, 'client-demo', altered],
    [ring, 'client-demo', 'v1.'],
    [ring, 'client-demo', `v2.${ring.current.id}.`],
    [ring, 'client-demo', ''],
    [ring, 'client-001', sealedAsV1(KEY, 'client-demo')],
    [others, 'client-demo', sealedAsV1(KEY, 'client-demo')],
  ] as const) {
    await t.rejects(openCredentials(keys, clientId, text), {
      message: `The Exotel credentials of ${clientId} do not open with the keys that are there`,
    })
  }
})

t.test('a key that another process made meanwhile is found where the keys are kept', async (t) => {
  let kept = [KEY]
  const here = new KeyRing(kept, () => Promise.resolve(kept))
  const former = here.current
  kept = [OTHER, KEY]
  const sealed = await sealCredentials(new KeyRing(kept), 'client-demo', credentials)
  t.strictSame(await openCredentials(here, 'client-demo', sealed), credentials)
  t.equal(isSealedWithCurrent(here, sealed), true)
  t.equal(here.find(former.id), former)
})

t.test('what opens Exotel’s API is sealed alike, and neither opens in the other’s place', async (t) => {
  const api = { accountSid: 'acme1', apiKey: 'key', apiToken: 'secret', subdomain: 'api.exotel.com', callerId: null }
  const sealed = await sealApiCredentials(ring, 'client-demo', api)
  t.notOk(sealed.includes('secret'))
  t.strictSame(await openApiCredentials(new KeyRing([OTHER, KEY]), 'client-demo', sealed), api)
  for (const other of [await sealCredentials(ring, 'client-demo', credentials), sealedAsV1(KEY, 'client-demo')])
    await t.rejects(openApiCredentials(ring, 'client-demo', other), /do not open/)
  await t.rejects(openCredentials(ring, 'client-demo', sealed), /do not open/)
  await t.rejects(openApiCredentials(ring, 'client-001', sealed), /do not open/)
})
