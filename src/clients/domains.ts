import { shown } from '../core/json.js'

/**
 * The host of a domain as people write one: a bare host, one with a port, or a URL. Lower case, no port, no trailing
 * dot, international names in their ASCII form.
 * @returns null when there is no host in it
 */
export function hostOf(domain: string): string | null {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(domain) ? domain : `http://${domain}`
  try {
    const host = new URL(url).hostname.replace(/\.$/, '')
    return host === '' ? null : host
  } catch {
    // URL.canParse would answer, but for Latin-1 it answers wrongly in Node 20 once it was called often.
    return null
  }
}

const WHO_ALLOWS = 'whoever runs this server can add it to the client’s domains'

/** Why a page is refused, and what to do about it, in a sentence. @param origin of the `Origin` header */
export function foreignOrigin(origin: string): string {
  return origin === 'null'
    ? 'This page hides where it is from (Origin: null), as pages opened from a file do: serve it from one of the client’s domains.'
    : `Pages of ${shown(origin)} may not use this API: ${WHO_ALLOWS}.`
}

/** Why a domain is refused, and what to do about it, in a sentence. */
export function foreignDomain(domain: string): string {
  return hostOf(domain) === null
    ? `${shown(domain)} is no host name: send that of the page, such as yourcrm.com.`
    : `The domain ${shown(domain)} may not use this API key: ${WHO_ALLOWS}.`
}

/** Why a page is refused that is not the one that its session is for, in a sentence. @param place its origin or domain */
export function notOfSession({ domain }: { readonly domain: string }, place: string): string {
  return `This agent session is for pages of ${domain}, not of ${shown(place)}.`
}

/** Whether a host is among the allowed: `*` allows any, `*.example.com` any subdomain, a name just itself. */
export function allowsHost(allowed: readonly string[], host: string): boolean {
  return allowed.some((pattern) => {
    if (pattern === '*') return true
    if (pattern.startsWith('*.')) return host.endsWith(pattern.slice(1).toLowerCase())
    return hostOf(pattern) === host
  })
}

const HOST_NAME = /^[a-z\d_]([a-z\d_-]*[a-z\d])?(\.[a-z\d_]([a-z\d_-]*[a-z\d])?)*$/

/**
 * An entry of a client's allowed domains as it is kept: `*`, a host name, or `*.` and a host name; lower case, international
 * names in their ASCII form.
 * @returns null for what allows nothing, or not what it seems to: a URL, a path, a port
 */
export function allowedDomain(entry: string): string | null {
  if (entry === '*') return entry
  const [, wildcard = '', name = ''] = /^(\*\.)?([^/:?#@\\%\s]+)$/.exec(entry) ?? []
  const host = hostOf(name)
  return host !== null && HOST_NAME.test(host) ? `${wildcard}${host}` : null
}
