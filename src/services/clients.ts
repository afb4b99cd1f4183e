import type { Usage } from '../../schemas/common.js'
import type { RibbonConfig } from '../../schemas/config.js'
import type { InitResponse } from '../../schemas/init.js'
import { addDays, formatInstant, monthSpan, startOfDay } from '../core/calendar.js'
import { shown } from '../core/json.js'
import type { KeyKind } from '../core/vocabulary/keys.js'
import { fail, failInvalid } from '../errors.js'
import type { Client } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import { usageOf } from '../http/convert.js'
import type { AgentSession } from '../clients/agent-sessions.js'
import { openCredentials } from '../clients/credentials.js'
import { allowsHost, foreignDomain, hostOf, notOfSession } from '../clients/domains.js'
import type { KeyRing } from '../clients/key-ring.js'
import type { AgentService } from './agents.js'

const NO_SESSION =
  'This client hands out its Exotel credentials to agent sessions alone: have your server ask for one at /api/ribbon/agent-sessions, and send its token in place of the API key.'

/** What a ribbon learns of its client. */
export class ClientService {
  readonly #storage: Storage
  /** Epoch milliseconds. */
  readonly #clock: () => number
  readonly #keys: KeyRing
  readonly #agents: AgentService

  constructor(parts: {
    readonly storage: Storage
    readonly clock: () => number
    readonly keys: KeyRing
    readonly agents: AgentService
  }) {
    this.#storage = parts.storage
    this.#clock = parts.clock
    this.#keys = parts.keys
    this.#agents = parts.agents
  }

  /**
   * Hands out the Exotel credentials: 403 on a domain that is not the client's or the session's, where the client wants a
   * session and there is none, and to an agent who is not active; 429 once the month is used up.
   * @param agentUserId the agent, unless the session tells
   * @param kind of the key
   */
  async init(
    client: Client,
    {
      domain,
      agentUserId,
      kind,
      session,
    }: { domain: string; agentUserId?: string; kind: KeyKind; session: AgentSession | null },
  ): Promise<InitResponse> {
    if (client.requireAgentSessions && session === null && kind !== 'secret') fail('session_required', NO_SESSION)
    const host = hostOf(domain) ?? ''
    if (!allowsHost(client.allowedDomains, host)) fail('domain_not_allowed', foreignDomain(domain))
    if (session !== null && host !== session.domain) fail('domain_not_allowed', notOfSession(session, domain))
    const agent = agentOf(session, agentUserId)
    const exotelUser = agent === undefined ? null : await this.#agents.exotelUserOf(client, agent)
    const remaining = await this.remainingCalls(client)
    const credentials = await openCredentials(this.#keys, client.clientId, client.sealedExotel)
    return {
      ...credentials,
      userId: exotelUser ?? credentials.userId,
      features: [...client.features],
      clientInfo: { name: client.name, plan: client.plan, remainingCalls: remaining },
    }
  }

  /** Calls that are left of the month. @throws ApiError 429 when none are */
  async remainingCalls(client: Client): Promise<number> {
    const { remaining, limit } = await this.#usage(client)
    if (remaining === 0) failUsedUp(limit, client.timezone, this.#clock())
    return remaining
  }

  async config(client: Client): Promise<RibbonConfig> {
    return {
      features: [...client.features],
      plan: client.plan,
      usage: await this.#usage(client),
      timezone: client.timezone,
    }
  }

  async #usage(client: Client): Promise<Usage> {
    const month = monthSpan(client.timezone, this.#clock())
    return usageOf(await this.#storage.callsInMonth(client.clientId, month), client)
  }
}

/** @throws ApiError 400 when the page names another agent than its session's */
function agentOf(session: AgentSession | null, named: string | undefined): string | undefined {
  if (session === null || named === undefined || named === session.agentUserId) return session?.agentUserId ?? named
  const message = `is ${shown(named)}, and this agent session is of ${shown(session.agentUserId)}: leave it out`
  failInvalid({ in: 'body', pointer: '/agentUserId', message })
}

/** @param now epoch milliseconds */
function failUsedUp(limit: number, zone: string, now: number): never {
  const next = addDays(monthSpan(zone, now).last, 1)
  const endsAt = startOfDay(zone, next)
  const detail = `The ${String(limit)} calls of this month are used up. The month ends at ${formatInstant(endsAt)}, as ${next} begins in ${zone}; whoever runs this server can raise the limit.`
  fail('quota_exceeded', detail, { headers: { 'retry-after': String(Math.ceil((endsAt - now) / 1000)) } })
}
