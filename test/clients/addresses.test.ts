import t from 'tap'
import { isAddressBlock, isWithin } from '../../src/clients/addresses.js'

t.test('an address, and a block of them, is told from what is none', async (t) => {
  for (const good of ['203.0.113.7', '198.51.100.0/24', '0.0.0.0/0', '2001:db8::/32', '::1', '::1/128'])
    t.ok(isAddressBlock(good), good)
  const bad = [
    '',
    'x',
    '203.0.113',
    '203.0.113.7/33',
    '203.0.113.7/',
    '::1/129',
    '1.2.3.4/8/8',
    'fe80::1%eth0',
    '1.2.3.4/-1',
  ]
  for (const text of bad) t.notOk(isAddressBlock(text), text)
})

t.test('an address is within a block of its own family, however it is written', async (t) => {
  const blocks = ['203.0.113.0/24', '198.51.100.7', '2001:db8::/32', '::2']
  for (const address of ['203.0.113.255', '198.51.100.7', '::ffff:198.51.100.7', '2001:db8:1::1', '::2'])
    t.ok(isWithin(blocks, address), address)
  for (const address of ['203.0.114.0', '198.51.100.8', '::ffff:198.51.100.8', '2001:db9::1', '::3'])
    t.notOk(isWithin(blocks, address), address)
  t.notOk(isWithin([], '203.0.113.1'))
})
