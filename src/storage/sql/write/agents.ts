import { mergePatch } from '../../../core/customer.js'
import type { AgentPatch, AgentProfile } from '../../port/agents.js'
import { marksOf, profileOf } from '../read/agents.js'
import type { AgentRow } from '../schema/tables.js'
import { requireClient, type Session } from '../session.js'
import { rowOf, run, sql } from '../transaction.js'
import { lockClient, saveClientState } from './state.js'

/** See `Storage.saveAgent`. The client's state is locked, so that no patch is lost and no two agents are one Exotel user. */
export async function saveAgent(
  session: Session,
  clientId: string,
  agentUserId: string,
  { active, ...patch }: AgentPatch,
  now: number,
): Promise<string | null> {
  const { tx } = session
  const client = await requireClient(session, clientId)
  const state = await lockClient(tx, client)
  const known = await rowOf(
    tx,
    sql<Pick<AgentRow, 'number' | 'active' | 'profile'>>`select number, active, profile from agents
      where client = ${client} and agent_id = ${agentUserId}`,
  )
  const profile: AgentProfile = mergePatch({ ...(known && profileOf(known)) }, patch)
  const { exotelUserId = null, email = null, phone: number = null } = profile
  const marks = marksOf({ exotelUserId, email, number }, state.region)
  const other = await rowOf(
    tx,
    sql<Pick<AgentRow, 'agent_id'>>`select agent_id from agents
      where client = ${client} and exotel_user = ${exotelUserId} and agent_id <> ${agentUserId}`,
  )
  if (other !== undefined) return other.agent_id
  const isActive = (active ?? known?.active !== 0) ? 1 : 0
  const text = JSON.stringify(profile)
  if (known === undefined) {
    state.last_agent += 1
    run(
      tx,
      sql`insert into agents (client, number, created_at, updated_at, active, agent_id, profile, exotel_user, email, phone)
        values (${client}, ${state.last_agent}, ${now}, ${now}, ${isActive}, ${agentUserId}, ${text}, ${marks.exotel_user},
          ${marks.email}, ${marks.phone})`,
    )
    saveClientState(tx, client, state)
  } else {
    run(
      tx,
      sql`update agents set updated_at = ${now}, active = ${isActive}, profile = ${text}, exotel_user = ${marks.exotel_user},
          email = ${marks.email}, phone = ${marks.phone}
        where client = ${client} and number = ${known.number}`,
    )
  }
  return null
}
