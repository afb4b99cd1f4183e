import type { LookupAddress, LookupOptions } from 'node:dns'
import t from 'tap'
import { isPublicAddress, publicLookup } from '../src/public-addresses.js'

t.test('addresses that are nobody’s on the internet are not public, however they are written', (t) => {
  for (const address of ['8.8.8.8', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])
    t.ok(isPublicAddress(address), address)
  for (const address of [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2001::1',
    'exotel.com',
    '',
  ])
    t.notOk(isPublicAddress(address), address)
  t.end()
})

function lookedUp(name: string, options: LookupOptions): Promise<string | readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    publicLookup(name, options, (error, found) => {
      if (error === null) resolve(found)
      else reject(error)
    })
  })
}

t.test('a name is looked up for a connection, and refused when an address of it is not public', async (t) => {
  t.strictSame(await lookedUp('8.8.8.8', { all: true }), [{ address: '8.8.8.8', family: 4 }])
  t.strictSame(await lookedUp('8.8.8.8', {}), '8.8.8.8')
  await t.rejects(lookedUp('localhost', { all: true }), { message: 'localhost has an address that is not public' })
  await t.rejects(lookedUp('169.254.169.254', {}), /not public/)
  await t.rejects(lookedUp('no.such.host.invalid', { all: true }), /ENOTFOUND|EAI_AGAIN/)
})
