/** Made-up calls of the demo clients: pure, and the same for the same seed. */
import { localSlot, monthOf } from '../core/calendar.js'
import type { JsonObject } from '../core/json.js'
import type { NewEvent } from '../storage/port/events.js'
import { demoCustomers, mobileNumber, type DemoCustomer } from './customers.js'
import { datesUntil, dayWeight, OFFICE_ZONE, startsOn } from './office-hours.js'
import { between, pick, seeded, talkSeconds, zipf, type Random } from './random.js'

/** How much goes on at one client's office. */
export interface DemoOffice {
  readonly clientId: string
  /** Host name of the CRM. */
  readonly domain: string
  readonly agents: number
  readonly customers: number
  readonly callsPerWeekday: number
  /** Share of calls that customers make, 0 to 1. */
  readonly inboundShare: number
  /** Most calls in one local month, those in progress included. */
  readonly callsPerMonth: number
  /** Calls in progress at the end. */
  readonly activeCalls: number
}

/**
 * The trial plan of `client-demo` has 100 calls a month, after which `init` refuses with 429. It stays well below, so
 * that its key can be tried with room for calls of one's own; the bulk of the calls is `client-001`'s.
 */
export const DEMO_OFFICES: readonly DemoOffice[] = [
  {
    clientId: 'client-demo',
    domain: 'yourcrm.com',
    agents: 2,
    customers: 40,
    callsPerWeekday: 3.2,
    inboundShare: 0.4,
    callsPerMonth: 75,
    activeCalls: 2,
  },
  {
    clientId: 'client-001',
    domain: 'collections-crm.com',
    agents: 8,
    customers: 160,
    callsPerWeekday: 34,
    inboundShare: 0.2,
    callsPerMonth: 9000,
    activeCalls: 5,
  },
  {
    clientId: 'client-002',
    domain: 'marketing-crm.com',
    agents: 4,
    customers: 100,
    callsPerWeekday: 15,
    inboundShare: 0.55,
    callsPerMonth: 4500,
    activeCalls: 3,
  },
]

export interface DemoPeriod {
  /** Epoch milliseconds: nothing happens after it. */
  readonly now: number
  /** Local days, the one of `now` included. */
  readonly days: number
  readonly seed: number
}

/** What a ribbon tells of a call, step by step; `afterMs` counts from the call's start. */
interface Step {
  readonly event: string
  readonly afterMs: number
  readonly data: JsonObject
}

/** The events of one office as its ribbons sent them, in the order of their arrival. */
export function demoEvents(office: DemoOffice, { now, days, seed }: DemoPeriod): NewEvent[] {
  const random = seeded(seed)
  const customers = demoCustomers(random, office.customers)
  const regular = zipf(random, customers.length)
  const callsOfMonth = new Map([[monthOf(localSlot(OFFICE_ZONE, now).date), office.activeCalls]])
  const events: NewEvent[] = []

  const place = (startAt: number, inbound: boolean, steps: readonly Step[]): void => {
    const known = customers[regular()] as DemoCustomer
    // Who calls for the first time is in no CRM.
    const stranger = inbound && random() < 0.08
    const call = {
      callSid: Array.from({ length: 4 }, () => between(random, 0, 0xffffffff).toString(16).padStart(8, '0')).join(''),
      phoneNumber: stranger ? mobileNumber(random) : known.phoneNumber,
      callDirection: inbound ? 'inbound' : 'outbound',
      customerData: stranger ? null : known.customerData,
    }
    const context = { domain: office.domain, agentUserId: `agent-${String(between(random, 1, office.agents))}` }
    for (const { event, afterMs, data } of steps) {
      const occurredAt = startAt + afterMs
      events.push({
        clientId: office.clientId,
        event,
        data: { ...call, ...data },
        occurredAt,
        receivedAt: Math.min(occurredAt + between(random, 80, 400), now),
        source: 'ribbon',
        timestamp: new Date(occurredAt).toISOString(),
        context,
        idempotencyKey: null,
      })
    }
  }

  for (const date of datesUntil(now, days)) {
    const month = monthOf(date)
    const calls = Math.floor(office.callsPerWeekday * dayWeight(date) * (0.75 + random() / 2) + random())
    for (const startAt of startsOn(random, date, calls)) {
      const count = callsOfMonth.get(month) ?? 0
      const inbound = random() < office.inboundShare
      const steps = inbound ? inboundCall(random) : outboundCall(random)
      if (count >= office.callsPerMonth || startAt + endOf(steps) > now) continue
      callsOfMonth.set(month, count + 1)
      place(startAt, inbound, steps)
    }
  }
  for (let call = 0; call < office.activeCalls; call++) {
    const inbound = random() < office.inboundShare
    place(now - between(random, 45_000, 900_000), inbound, [begin(inbound), ...answer(between(random, 3_000, 20_000))])
  }
  return events.sort((a, b) => a.receivedAt - b.receivedAt)
}

function endOf(steps: readonly Step[]): number {
  return (steps.at(-1) as Step).afterMs
}

function begin(inbound: boolean): Step {
  return { event: inbound ? 'incoming' : 'dialing', afterMs: 0, data: { callState: 'ringing' } }
}

function answer(afterMs: number): Step[] {
  return [{ event: 'connected', afterMs, data: { callState: 'connected' } }]
}

function end(afterMs: number, data: JsonObject): Step[] {
  return [{ event: 'callEnded', afterMs, data: { callState: 'ended', ...data } }]
}

function inboundCall(random: Random): Step[] {
  const fate = random()
  if (fate < 0.85) return [begin(true), ...conversation(random, between(random, 3_000, 18_000))]
  if (fate < 0.97) {
    return [begin(true), { event: 'missed', afterMs: between(random, 20_000, 40_000), data: { callState: 'ended' } }]
  }
  return [begin(true), { event: 'rejected', afterMs: between(random, 2_000, 9_000), data: { callState: 'ended' } }]
}

function outboundCall(random: Random): Step[] {
  const fate = random()
  if (fate < 0.68) return [begin(false), ...conversation(random, between(random, 5_000, 25_000))]
  if (fate < 0.88) return [begin(false), ...end(between(random, 30_000, 45_000), { duration: 0 })]
  const status = fate < 0.97 ? 'busy' : 'failed'
  return [begin(false), ...end(between(random, 2_000, 8_000), { duration: 0, status })]
}

/** From the answer on; sometimes the agent puts the customer on hold, or presses a key for a menu. */
function conversation(random: Random, ringingMs: number): Step[] {
  const duration = talkSeconds(random)
  const at = (share: number) => ringingMs + Math.round(duration * 1000 * share)
  const meanwhile: Step[] = []
  if (duration > 90 && random() < 0.15) {
    meanwhile.push({ event: 'holdtoggle', afterMs: at(0.3), data: { callState: 'connected' } })
    meanwhile.push({ event: 'holdtoggle', afterMs: at(0.6), data: { callState: 'connected' } })
  } else if (random() < 0.05) {
    meanwhile.push({
      event: 'dtmf',
      afterMs: at(0.2),
      data: { callState: 'connected', digit: pick(random, ['1', '2', '9']) },
    })
  }
  return [...answer(ringingMs), ...meanwhile, ...end(at(1), { duration, callEndReason: 'NORMAL' })]
}
