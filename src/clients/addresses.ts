/** Addresses and blocks of them, as configuration names them: `203.0.113.7`, `198.51.100.0/24`, `2001:db8::/32`. */
import { BlockList, isIP } from 'node:net'

export function isAddressBlock(member: string): boolean {
  const [address = '', bits, ...rest] = member.split('/')
  const version = isIP(address)
  // A zone is of one machine's interfaces.
  if (version === 0 || rest.length > 0 || address.includes('%')) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/** Lists as they are asked: a key's list is the same one for as long as its holder is known. */
const lists = new WeakMap<readonly string[], BlockList>()

/** Whether an address is in one of the blocks. An IPv4 address may come as one of IPv6, as dual sockets have it. */
export function isWithin(blocks: readonly string[], address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const list = lists.get(blocks) ?? listOf(blocks)
  lists.set(blocks, list)
  return list.check(plain, familyOf(plain))
}

function listOf(blocks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const block of blocks) {
    const [address = '', bits] = block.split('/')
    const family = familyOf(address)
    list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family)
  }
  return list
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
