import type { Agent, AgentQuery, Agents, SaveAgentBody } from '../../schemas/agent.js'
import { FreshCache } from '../clients/fresh-cache.js'
import type { KeyRing } from '../clients/key-ring.js'
import { formatInstant } from '../core/calendar.js'
import { shown } from '../core/json.js'
import { oldestActive } from '../core/published-call.js'
import { fail } from '../errors.js'
import type { ReadTime } from '../http/convert.js'
import { placeIn, signedPlace } from '../http/cursor.js'
import type { AgentIdentity, AgentRecord, KnownAgent } from '../storage/port/agents.js'
import type { Client } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'

/** How long a process may go on by what it knew of an agent. */
const FRESH_MS = 1_000
const MAX_IDENTITIES = 10_000

/** Who handles a client's calls. */
export class AgentService {
  readonly #storage: Storage
  readonly #readTime: ReadTime
  readonly #keys: KeyRing
  readonly #byIdentity: FreshCache<string | null>

  constructor(parts: {
    readonly storage: Storage
    readonly readTime: ReadTime
    readonly keys: KeyRing
    readonly clock: () => number
  }) {
    this.#storage = parts.storage
    this.#readTime = parts.readTime
    this.#keys = parts.keys
    this.#byIdentity = new FreshCache({ clock: parts.clock, maxAgeMs: () => FRESH_MS, maxEntries: MAX_IDENTITIES })
  }

  /** A page of agents, by id, with who is on a call. */
  async list({ clientId }: Client, asked: AgentQuery): Promise<Agents> {
    const { pageSize, cursor } = asked
    const [active, onCall] = [asked.active ?? null, asked.onCall ?? null]
    const list = [clientId, 'agents', active, onCall]
    const after = cursor === undefined ? 0 : parseInt(placeIn(cursor, list, this.#keys), 36)
    const onCallFrom = oldestActive(this.#readTime())
    const query = { clientId, active, onCall, onCallFrom, after, limit: pageSize + 1 }
    const found = await this.#storage.agents(query)
    const agents = found.slice(0, pageSize)
    const last = found.length > pageSize ? agents.at(-1) : undefined
    return {
      agents: agents.map((agent) => publishedAgent(agent, clientId)),
      pagination: {
        pageSize,
        nextCursor: last === undefined ? null : signedPlace(last.number.toString(36), list, this.#keys),
      },
    }
  }

  async get({ clientId }: Client, agentUserId: string): Promise<Agent> {
    const agent = await this.#find(clientId, agentUserId)
    if (agent !== null) return publishedAgent(agent, clientId)
    const detail = `There is no agent ${shown(agentUserId)}: nobody saved it and no event named it. Ids are case-sensitive.`
    return fail('agent_not_found', detail)
  }

  /** Applies a merge patch (RFC 7396) to an agent, or makes one. */
  async save(client: Client, agentUserId: string, body: SaveAgentBody): Promise<Agent> {
    const patch = Object.fromEntries(Object.entries(body).filter(([member]) => member !== 'apiKey'))
    const { clientId } = client
    const other = await this.#storage.saveAgent(clientId, agentUserId, patch, this.#readTime().now)
    if (other !== null) {
      const user = shown(String(body.exotelUserId))
      const detail = `The agent ${shown(other)} has the Exotel user ${user} already. Nothing was written: take it away from that agent first.`
      fail('exotel_user_taken', detail)
    }
    return this.get(client, agentUserId)
  }

  /**
   * The Exotel user that an agent's ribbon signs in as; null when the agent has none of its own.
   * @throws ApiError 403 when the agent is not active
   */
  async exotelUserOf({ clientId }: Client, agentUserId: string): Promise<string | null> {
    const agent = await this.#find(clientId, agentUserId)
    if (agent?.active === false) {
      fail(
        'agent_inactive',
        `The agent ${shown(agentUserId)} is not active, and gets no Exotel credentials. Have the agent activated.`,
      )
    }
    return agent?.profile.exotelUserId ?? null
  }

  /**
   * Whom Exotel means, by what it says of an agent: its user id of the agent, else the e-mail address, else the number. Known
   * for a second.
   * @returns null when no agent is known by that, or it could be one of several
   */
  agentOf(clientId: string, identity: AgentIdentity): Promise<string | null> {
    const { exotelUserId, email, number } = identity
    if (exotelUserId === null && email === null && number === null) return Promise.resolve(null)
    return this.#byIdentity.get(JSON.stringify([clientId, exotelUserId, email, number]), async () =>
      meant(await this.#storage.agentsKnownAs(clientId, identity)),
    )
  }

  #find(clientId: string, agentUserId: string): Promise<AgentRecord | null> {
    return this.#storage.agent(clientId, agentUserId, oldestActive(this.#readTime()))
  }
}

/** By the surest mark that finds anyone. Of several the one who is active: a call of nobody is better than of the wrong one. */
function meant(found: readonly KnownAgent[]): string | null {
  const [surest] = found
  if (surest === undefined) return null
  const alike = found.filter(({ by }) => by === surest.by)
  const active = alike.filter((agent) => agent.active)
  const [first, ...others] = active.length > 0 ? active : alike
  return others.length === 0 ? (first as KnownAgent).agentUserId : null
}

function publishedAgent(
  { agentUserId, profile, active, activeCalls, createdAt, updatedAt }: AgentRecord,
  clientId: string,
): Agent {
  return {
    agentUserId,
    clientId,
    ...profile,
    active,
    activeCalls,
    createdAt: formatInstant(createdAt),
    lastUpdated: formatInstant(updatedAt),
  }
}
