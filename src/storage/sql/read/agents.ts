/** Agents: what was saved of them, and which of them are on a call. */
import { numberKey } from '../../../core/phone-number.js'
import type { AgentIdentity, AgentProfile, AgentQuery, AgentRecord, KnownAgent } from '../../port/agents.js'
import { find } from '../bulk.js'
import type { AgentRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { raw, rowOf, rowsOf, sql } from '../transaction.js'
import { IS_COUNTED } from '../write/calls.js'
import { readClient, type ClientNow } from './client.js'

type StoredAgent = Pick<AgentRow, 'number' | 'agent_id' | 'active' | 'profile' | 'created_at' | 'updated_at'>
interface ListedAgent extends StoredAgent {
  readonly active_calls: number
}

const COLUMNS = raw(
  'agents.number, agents.agent_id, agents.active, agents.profile, agents.created_at, agents.updated_at',
)

/** The agent's calls that go on: a few of the newest, which the index of an agent's calls has together. */
function ongoing({ client, retainedFrom }: ClientNow, onCallFrom: number) {
  return sql`from calls where calls.client = ${client} and calls.agent = agents.agent_id
    and calls.start_at >= ${Math.max(onCallFrom, retainedFrom ?? onCallFrom)} and calls.end_at is null
    and calls.call_key is not null and calls.${IS_COUNTED}`
}

function recordOf(row: ListedAgent): AgentRecord {
  return {
    number: row.number,
    agentUserId: row.agent_id,
    active: row.active === 1,
    profile: profileOf(row),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    activeCalls: row.active_calls,
  }
}

export function profileOf({ profile }: Pick<AgentRow, 'profile'>): AgentProfile {
  return profile === null ? {} : (JSON.parse(profile) as AgentProfile)
}

/** See `Storage.agent`. */
export async function agent(
  session: Session,
  clientId: string,
  agentUserId: string,
  onCallFrom: number,
): Promise<AgentRecord | null> {
  const now = await readClient(session, clientId)
  if (now === null) return null
  const row = await rowOf(
    session.tx,
    sql<ListedAgent>`select ${COLUMNS}, (select count(*) ${ongoing(now, onCallFrom)}) as active_calls from agents
      where agents.client = ${now.client} and agents.agent_id = ${agentUserId}`,
  )
  return row === undefined ? null : recordOf(row)
}

/** See `Storage.agents`. */
export async function agents(session: Session, query: AgentQuery): Promise<readonly AgentRecord[]> {
  const { clientId, active, onCall, onCallFrom, after, limit } = query
  const now = await readClient(session, clientId)
  if (now === null) return []
  const calls = ongoing(now, onCallFrom)
  const rows = await rowsOf(
    session.tx,
    sql<ListedAgent>`select ${COLUMNS}, (select count(*) ${calls}) as active_calls from agents
      where agents.client = ${now.client} and agents.agent_id > coalesce(
          (select last.agent_id from agents as last where last.client = ${now.client} and last.number = ${after}), '')
        ${active === null ? sql`` : sql`and agents.active = ${active ? 1 : 0}`}
        ${onCall === null ? sql`` : sql`and ${onCall ? sql`` : sql`not`} exists (select 1 ${calls})`}
      order by agents.agent_id limit ${limit}`,
  )
  return rows.map(recordOf)
}

const MARKS = ['exotel_user', 'email', 'phone'] as const
type MarkedAgent = Pick<AgentRow, 'agent_id' | 'active' | 'exotel_user'>
const MARKED = 'agent_id, active, exotel_user'
const byMark = {
  exotel_user: find<MarkedAgent>(MARKED, 'agents', ['exotel_user']),
  email: find<MarkedAgent>(MARKED, 'agents', ['email']),
  phone: find<MarkedAgent>(MARKED, 'agents', ['phone']),
}

/** What an agent is found by, as rows have it. @param region of the client */
export function marksOf(
  { exotelUserId, email, number }: AgentIdentity,
  region: string,
): Pick<AgentRow, 'exotel_user' | 'email' | 'phone'> {
  return {
    exotel_user: exotelUserId,
    email: email === null ? null : email.toLowerCase(),
    phone: number === null ? null : numberKey(number, region),
  }
}

const BY = { exotel_user: 'exotelUserId', email: 'email', phone: 'number' } as const

/** See `Storage.agentsKnownAs`. */
export async function agentsKnownAs(
  session: Session,
  clientId: string,
  identity: AgentIdentity,
): Promise<readonly KnownAgent[]> {
  const now = await readClient(session, clientId)
  if (now === null) return []
  const marks = marksOf(identity, now.region)
  const found = await Promise.all(
    MARKS.map(async (mark) => {
      const value = marks[mark]
      const rows = value === null ? [] : await byMark[mark](session.tx, now.client, [[value]])
      // Whom Exotel calls otherwise is somebody else.
      const others = rows.filter((row) => {
        return marks.exotel_user === null || row.exotel_user === null || row.exotel_user === marks.exotel_user
      })
      return others.map((row) => ({ agentUserId: row.agent_id, active: row.active === 1, by: BY[mark] }))
    }),
  )
  return found.flat()
}

const agentsByNumber = find<Pick<AgentRow, 'number' | 'profile'>>('number, profile', 'agents', ['number'])

/** The saved names of agents, by number. */
export async function namesOfAgents(
  { tx }: Session,
  client: number,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string | null>> {
  const rows = await agentsByNumber(
    tx,
    client,
    numbers.map((number) => [number]),
  )
  return new Map(rows.map((row) => [row.number, profileOf(row).name ?? null]))
}
