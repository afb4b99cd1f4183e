/** Erasing a person, and telling what is held on one. */
import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ErasureBody, ErasureReceipt, PersonBody } from '../../schemas/privacy.js'
import type { KeyRing } from '../clients/key-ring.js'
import { formatInstant } from '../core/calendar.js'
import { numberKey } from '../core/phone-number.js'
import { publishedCall } from '../core/published-call.js'
import { failInvalid } from '../errors.js'
import type { ReadTime } from '../http/convert.js'
import type { ClientListing } from '../storage/port/clients.js'
import type { PersonDelivery, Subject } from '../storage/port/privacy.js'
import type { Storage } from '../storage/port/storage.js'
import { type Actor, entryBy } from './audit-log.js'
import { publishedEvent } from './call-search.js'
import { failUnknown } from './client-accounts.js'

/** Calls, or events, of one transaction: few enough that recording hardly notices waiting for it. */
const BATCH = 500
/** Between two transactions, so that what waits to be recorded goes first: who waits for the lock asks each millisecond. */
const PAUSE_MS = 4

interface Parts {
  readonly storage: Pick<Storage, 'client' | 'erasePerson' | 'forgetErased' | 'personPage' | 'audit'>
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly readTime: ReadTime
  readonly secretKeys: () => Promise<KeyRing>
  readonly by: Actor
}

/** Every method: ApiError 404 for an unknown client, and 400 unless it is said in one way who is meant. */
export class PrivacyService {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Erases a person. One that is interrupted goes on when it is asked for again; one that is asked for twice finds nothing. */
  async erase(clientId: string, body: ErasureBody): Promise<ErasureReceipt> {
    const { storage } = this.#parts
    const subject = subjectOf(body)
    const client = await this.#client(clientId)
    const hash = await this.#hashOf(client, subject)
    const details = { subject: hash, by: kindOf(subject), ...(body.reason !== undefined && { reason: body.reason }) }
    const erasure = { subject, hash, limit: BATCH }
    for (;;) {
      const entry = entryBy(this.#parts, { action: 'person.erased', clientId, details })
      const { isOver, ...erased } = await storage.erasePerson(clientId, erasure, entry)
      if (isOver) return { subject: hash, ...erased, logsClean: await storage.forgetErased() }
      await sleep(PAUSE_MS)
    }
  }

  /** All that is held on a person, as the text of a JSON object, part by part. Who asked is in the audit log before the first. */
  async export(clientId: string, body: PersonBody): Promise<AsyncGenerator<string>> {
    const subject = subjectOf(body)
    const client = await this.#client(clientId)
    const details = { subject: await this.#hashOf(client, subject), by: kindOf(subject) }
    await this.#parts.storage.audit(entryBy(this.#parts, { action: 'person.exported', clientId, details }))
    return this.#textOf(clientId, subject)
  }

  async *#textOf(clientId: string, subject: Subject): AsyncGenerator<string> {
    const { storage, readTime } = this.#parts
    const deliveries: PersonDelivery[] = []
    let page = await storage.personPage(clientId, subject, null)
    const customers = page.customers.map(({ createdAt, updatedAt, ...customer }) => ({
      ...customer,
      createdAt: formatInstant(createdAt),
      updatedAt: formatInstant(updatedAt),
    }))
    yield `{"customers":${JSON.stringify(customers)},"events":${JSON.stringify(page.events.map(publishedEvent))},"calls":[`
    let separator = ''
    for (;;) {
      deliveries.push(...page.deliveries)
      for (const { call, events } of page.calls) {
        const held = { call: publishedCall(call, readTime()), recordingUrl: call.recordingUrl }
        yield separator + JSON.stringify({ ...held, events: events.map(publishedEvent) })
        separator = ','
      }
      if (page.next === null) break
      page = await storage.personPage(clientId, subject, page.next)
    }
    yield `],"deliveries":${JSON.stringify(deliveries.map(({ at, ...rest }) => ({ ...rest, at: formatInstant(at) })))}}`
  }

  async #client(clientId: string): Promise<ClientListing> {
    return (await this.#parts.storage.client(clientId)) ?? failUnknown(clientId)
  }

  /** The same for the same person of the same client, however the number is spelled; nobody without the key can try numbers. */
  async #hashOf({ clientId, region }: ClientListing, subject: Subject): Promise<string> {
    const who = 'phoneNumber' in subject ? numberKey(subject.phoneNumber, region) : subject.customerId
    const key = (await this.#parts.secretKeys()).current.derived('erasures')
    const text = JSON.stringify([clientId, kindOf(subject), who])
    return createHmac('sha256', key).update(text).digest('hex').slice(0, HASH_LENGTH)
  }
}

const HASH_LENGTH = 32

function kindOf(subject: Subject): 'phoneNumber' | 'customerId' {
  return 'phoneNumber' in subject ? 'phoneNumber' : 'customerId'
}

function subjectOf({ phoneNumber, customerId }: PersonBody): Subject {
  if (phoneNumber !== undefined && customerId === undefined) return { phoneNumber }
  if (customerId !== undefined && phoneNumber === undefined) return { customerId }
  const message = 'say who is meant by either phoneNumber or customerId'
  return failInvalid({ in: 'body', pointer: '/phoneNumber', message })
}
