/** Which hosts this server asks for Exotel's API and for recordings. */
import { isIP } from 'node:net'

/** A place that may be asked. Without an `origin` it is asked by HTTPS on the usual port, at public addresses alone. */
export interface AllowedHost {
  /** A host name, or `*.` and a domain for all names below it. */
  readonly host: string
  /** The first part of every path, such as a bucket; empty for all paths. */
  readonly folder: string
  /** Where it was named with its scheme: that scheme, host and port, at whatever address. For servers of one's own. */
  readonly origin: string | null
}

/** Of Exotel's API, in its two regions: https://developer.exotel.com/docs/voice-v1/api-reference/connect-two-numbers */
const API_HOSTS = ['*.exotel.com', '*.exotel.in']

/**
 * Where Exotel keeps recordings: https://developer.exotel.com/docs/reporting/recording-access. The bucket is the one that its
 * documentation shows; the other ways to write it are Amazon's.
 */
export const RECORDING_HOSTS = [
  ...API_HOSTS,
  's3-ap-southeast-1.amazonaws.com/exotelrecordings',
  's3.ap-southeast-1.amazonaws.com/exotelrecordings',
  's3.amazonaws.com/exotelrecordings',
]

const HOST = /^(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)+$/

/** @returns null for what names no host */
export function allowedHost(text: string): AllowedHost | null {
  if (/^https?:\/\//.test(text)) {
    if (!URL.canParse(text) || new URL(text).origin !== text) return null
    return { host: new URL(text).hostname, folder: '', origin: text }
  }
  const [host, folder = '', ...rest] = text.split('/') as [string, ...string[]]
  if (!HOST.test(host) || isIP(host) !== 0 || rest.length > 0) return null
  return { host, folder, origin: null }
}

export function allowedHosts(texts: readonly string[]): readonly AllowedHost[] {
  return texts.flatMap((text) => allowedHost(text) ?? [])
}

const EXOTELS_OWN = allowedHosts(API_HOSTS)

/** Whether Exotel itself answers there: no other host may see an account's API key. */
export function isExotelsOwn(url: URL): boolean {
  return hostFor(url, EXOTELS_OWN) !== null
}

/** Whether a host name is one of Exotel's API. */
export function isApiHost(host: string): boolean {
  return (
    URL.canParse(`https://${host}`) &&
    new URL(`https://${host}`).host === host &&
    isExotelsOwn(new URL(`https://${host}`))
  )
}

/** The first of the allowed hosts that a URL lies on; null when it lies on none. */
export function hostFor(url: URL, hosts: readonly AllowedHost[]): AllowedHost | null {
  if (url.username !== '' || url.password !== '') return null
  return hosts.find((host) => liesOn(url, host)) ?? null
}

function liesOn(url: URL, { host, folder, origin }: AllowedHost): boolean {
  if (origin !== null) return url.origin === origin
  if (url.protocol !== 'https:' || url.port !== '') return false
  const isHost = host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host
  return isHost && (folder === '' || url.pathname.startsWith(`/${folder}/`))
}
