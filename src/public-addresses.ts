/** Addresses of the internet, as opposed to those of this machine and of the networks that it is in. */
import { lookup, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Addresses that are nobody's on the internet (RFC 6890), and those that stand for one of them. */
const NOT_PUBLIC = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  NOT_PUBLIC.addSubnet(network, bits, 'ipv4')
/** What is global in IPv6. All else is local, or reserved, or holds an address of IPv4. */
const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')
for (const [network, bits] of [
  // Tunnels to addresses of IPv4 (6to4, Teredo), and documentation.
  ['2002::', 16],
  ['2001::', 23],
  ['2001:db8::', 32],
] as const)
  NOT_PUBLIC.addSubnet(network, bits, 'ipv6')

export function isPublicAddress(address: string): boolean {
  const version = isIP(address)
  if (version === 4) return !NOT_PUBLIC.check(address, 'ipv4')
  return version === 6 && GLOBAL.check(address, 'ipv6') && !NOT_PUBLIC.check(address, 'ipv6')
}

/**
 * Looks a name up for a connection, and refuses names that have an address which is not public: what is looked up is what is
 * connected to, so that no second answer of a name server can lead elsewhere.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) {
      callback(error, [])
      return
    }
    const [{ address, family }] = addresses as [LookupAddress]
    if (!addresses.every((found) => isPublicAddress(found.address))) {
      callback(new Error(`${hostname} has an address that is not public`), [])
    } else if (options.all === true) callback(null, addresses)
    else callback(null, address, family)
  })
}
