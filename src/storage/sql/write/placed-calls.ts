/** Calls that this server was asked to make: each is claimed by one of those who ask, so that none is made twice. */
import type { CallClaim, ClaimOutcome, PlacedCall } from '../../port/placed-calls.js'
import type { PlacedCallRow } from '../schema/tables.js'
import { clientNumber, requireClient, type Session } from '../session.js'
import { rowOf, run, sql } from '../transaction.js'
import { lockClient } from './state.js'

/** `dialling` until somebody says what became of it. */
const PLACED_STATES = ['dialling', 'placed', 'unknown'] as const

function stateOf(name: (typeof PLACED_STATES)[number]): number {
  return PLACED_STATES.indexOf(name)
}

/** See `Storage.claimCall`. */
export async function claimCall(session: Session, clientId: string, claim: CallClaim): Promise<ClaimOutcome> {
  const { tx } = session
  const client = await requireClient(session, clientId)
  await lockClient(tx, client)
  run(tx, sql`delete from placed_calls where client = ${client} and claimed_at < ${claim.keptFrom}`)
  const known = await rowOf(
    tx,
    sql<PlacedCallRow>`select * from placed_calls where client = ${client} and id = ${claim.id}`,
  )
  if (known === undefined) {
    run(
      tx,
      sql`insert into placed_calls (client, id, content_hash, state, claimed_at)
        values (${client}, ${claim.id}, ${claim.contentHash}, ${stateOf('dialling')}, ${claim.now})`,
    )
    return { status: 'claimed' }
  }
  if (known.content_hash !== claim.contentHash) return { status: 'conflict' }
  if (known.state === stateOf('unknown')) return { status: 'unknown' }
  if (known.state === stateOf('dialling')) return { status: 'dialling', since: known.claimed_at }
  return { status: 'placed', callSid: String(known.call_sid), callStatus: String(known.call_status) }
}

/** See `Storage.settleCall`. */
export async function settleCall(
  session: Session,
  clientId: string,
  id: string,
  outcome: PlacedCall | null,
): Promise<boolean> {
  const { tx } = session
  const client = await clientNumber(session, clientId)
  if (client === null) return false
  const change =
    outcome === null
      ? sql`delete from placed_calls`
      : outcome.status === 'unknown'
        ? sql`update placed_calls set state = ${stateOf('unknown')}`
        : sql`update placed_calls set state = ${stateOf('placed')}, call_sid = ${outcome.callSid},
            call_status = ${outcome.callStatus}`
  // A process that took long to hear nothing must not undo what a callback of Exotel has told meanwhile.
  const before = outcome?.status === 'placed' ? sql`<> ${stateOf('placed')}` : sql`= ${stateOf('dialling')}`
  const settled = await rowOf(
    tx,
    sql`${change} where client = ${client} and id = ${id} and state ${before} returning client`,
  )
  return settled !== undefined
}
