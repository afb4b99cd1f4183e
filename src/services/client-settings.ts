/** A client's settings as bodies name them, as they are kept, and as the audit log tells them. */
import type { ClientChangesBody } from '../../schemas/client.js'
import { allowedDomain } from '../clients/domains.js'
import { isTimeZone } from '../core/calendar.js'
import type { JsonObject } from '../core/json.js'
import { isRegion } from '../core/phone-number.js'
import { failInvalid, type Fault } from '../errors.js'
import type { ClientChanges } from '../storage/port/clients.js'

/** Settings as the audit log tells them. */
export function told({ monthlyLimit, allowedDomains, ...settings }: ClientChanges): JsonObject {
  return {
    ...settings,
    ...(monthlyLimit !== undefined && { limit: monthlyLimit }),
    ...(allowedDomains !== undefined && { domains: allowedDomains }),
  }
}

type Settings = Omit<ClientChangesBody, 'exotelToken' | 'userId' | 'exotelApi' | 'status'>

/** What a body says, as it is kept: only what it says. */
export function settingsOf({ limit, domains, ...others }: Settings): ClientChanges {
  const faults = [...zoneFaults(others.timezone), ...regionFaults(others.region), ...domainFaults(domains)]
  if (faults.length > 0) failInvalid(...faults)
  return {
    ...others,
    ...(limit !== undefined && { monthlyLimit: limit }),
    ...(domains !== undefined && { allowedDomains: [...new Set(domains.map(allowedDomain))] as string[] }),
  }
}

function zoneFaults(timezone: string | undefined): Fault[] {
  if (timezone === undefined || isTimeZone(timezone)) return []
  return [fault('/timezone', 'must be an IANA time zone such as Asia/Kolkata')]
}

function regionFaults(region: string | undefined): Fault[] {
  if (region === undefined || isRegion(region)) return []
  return [fault('/region', 'must be a country by its two letters, such as IN')]
}

function domainFaults(domains: readonly string[] = []): Fault[] {
  return domains.flatMap((domain, index) => {
    if (allowedDomain(domain) !== null) return []
    const expected = 'must be a host name such as acme.com, *.acme.com or *: without https://, port and path'
    return [fault(`/domains/${String(index)}`, expected)]
  })
}

export function fault(pointer: string, message: string): Fault {
  return { in: 'body', pointer, message }
}
