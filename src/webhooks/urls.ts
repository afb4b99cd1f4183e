/** Which addresses an endpoint may have. What a name stands for is looked at when there is a connection: see `publicLookup`. */
import { isIP } from 'node:net'
import { isPublicAddress } from '../public-addresses.js'

/**
 * What is wrong with the address of an endpoint, to follow its name in a sentence; null when nothing is.
 * @param allowPrivate whether it may lie in a private network, or on this machine, and be asked without encryption
 */
export function urlFault(text: string, allowPrivate: boolean): string | null {
  if (!URL.canParse(text)) return 'must be a URL such as https://crm.example.com/webhooks'
  const { protocol, username, password, hostname } = new URL(text)
  if (protocol !== 'https:' && !(allowPrivate && protocol === 'http:')) return 'must begin with https://'
  if (username !== '' || password !== '') return 'must hold no user and no password'
  // However an address is written, a URL has it in its usual form.
  const address = hostname.replace(/^\[|\]$/g, '')
  if (!allowPrivate && isIP(address) !== 0 && !isPublicAddress(address)) return 'must be at a public address'
  return null
}
