/** Agents: what is saved of them, or known from events. */

/** What is saved of an agent. */
export interface AgentProfile {
  readonly name?: string
  /** What Exotel calls the agent: no two of a client have the same. */
  readonly exotelUserId?: string
  readonly email?: string
  /** Number or SIP address at which Exotel rings the agent. */
  readonly phone?: string
}

/** A JSON merge patch (RFC 7396): what is absent stays, null goes. */
export type AgentPatch = { readonly [Member in keyof AgentProfile]?: string | null } & { readonly active?: boolean }

export interface AgentRecord {
  /** Never changes: a place in the list. */
  readonly number: number
  readonly agentUserId: string
  readonly active: boolean
  /** Empty of an agent that nobody saved. */
  readonly profile: AgentProfile
  readonly createdAt: number
  readonly updatedAt: number
  /** Calls of the agent that go on. */
  readonly activeCalls: number
}

export interface AgentQuery {
  readonly clientId: string
  /** Null is any. */
  readonly active: boolean | null
  readonly onCall: boolean | null
  /** Calls that started before it are over. */
  readonly onCallFrom: number
  /** Number of the agent before the first of these; 0 for the first ones. */
  readonly after: number
  readonly limit: number
}

/** What Exotel says of an agent. */
export interface AgentIdentity {
  readonly exotelUserId: string | null
  readonly email: string | null
  readonly number: string | null
}

/** An agent, and by which of its marks it was found: the surest. */
export interface KnownAgent {
  readonly agentUserId: string
  readonly active: boolean
  readonly by: keyof AgentIdentity
}

export interface AgentStorage {
  /**
   * Applies a patch to an agent, who is made when nobody saved or named one of this id. Durable when it resolves.
   * @returns the id of another agent who has the Exotel user already: then nothing was written; null when it is saved
   */
  saveAgent(clientId: string, agentUserId: string, patch: AgentPatch, now: number): Promise<string | null>
  /** @param onCallFrom calls that started before it are over. @returns null when nobody saved the agent and no event named one */
  agent(clientId: string, agentUserId: string, onCallFrom: number): Promise<AgentRecord | null>
  /** Agents by id: those after one, at most `limit`. */
  agents(query: AgentQuery): Promise<readonly AgentRecord[]>
  /**
   * Agents that have this Exotel user, e-mail address or number: whichever of these is not null, the surest first. One who is
   * another Exotel user is not among them. Waits for no commit
   */
  agentsKnownAs(clientId: string, identity: AgentIdentity): Promise<readonly KnownAgent[]>
}
