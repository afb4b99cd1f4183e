/** What a call adds to each sum, by its row in the columns of its day: see `DEFINITIONS`. */
import { CALL_STATUSES } from '../vocabulary/calls.js'
import { ANSWERED, INBOUND, type CallColumns } from './call-columns.js'
import { MISSED_STATES, NOT_AGAIN, type FollowUps, type MissedState } from './follow-ups.js'
import type { Sum } from './vocabulary.js'

/** What a sum needs to know of its question. */
export interface ServiceLevel {
  readonly serviceLevelSeconds: number
  readonly abandonSeconds: number
}

export type RowIs = (row: number) => boolean
type AddedByRow = (row: number) => number

const REJECTED = CALL_STATUSES.indexOf('rejected')

/**
 * Only those columns are read that the sum is told from.
 * @returns null where it is about what came after calls, and nobody asks for that
 */
export function addedTo(
  sum: Sum,
  columns: CallColumns,
  level: ServiceLevel,
  followUps: FollowUps | null,
): AddedByRow | null {
  switch (sum) {
    case 'calls':
      return () => 1
    case 'inbound':
    case 'outbound': {
      const { marks } = columns
      const wanted = sum === 'inbound' ? INBOUND : 0
      return (row) => Number(((marks[row] as number) & INBOUND) === wanted)
    }
    case 'ended':
      return counted(hasEnded(columns))
    case 'answered':
      return counted(wasAnswered(columns))
    case 'missed':
      return counted(wasMissed(columns))
    case 'rejected':
      return counted(wasRejected(columns))
    case 'talkSeconds':
      return summed(columns.duration, wasAnswered(columns))
    case 'rung':
      return counted(hasRung(columns))
    case 'ringSeconds':
      return summed(columns.ring, hasRung(columns))
    case 'offered':
      return counted(wasOffered(columns, level))
    case 'inTime':
      return counted(wasInTime(columns, level))
    default:
      return followUps === null ? null : counted(following(sum, columns, followUps))
  }
}

function counted(is: RowIs): AddedByRow {
  return (row) => (is(row) ? 1 : 0)
}

function summed(seconds: Float64Array, is: RowIs): AddedByRow {
  return (row) => (is(row) ? (seconds[row] as number) : 0)
}

function hasEnded({ duration }: CallColumns): RowIs {
  return (row) => (duration[row] as number) >= 0
}

export function wasAnswered({ duration, marks }: CallColumns): RowIs {
  return (row) => (duration[row] as number) >= 0 && ((marks[row] as number) & ANSWERED) !== 0
}

export function wasMissed({ duration, marks }: CallColumns): RowIs {
  return (row) => (duration[row] as number) >= 0 && ((marks[row] as number) & (INBOUND | ANSWERED)) === INBOUND
}

function wasRejected({ duration, marks, status }: CallColumns): RowIs {
  return (row) =>
    status[row] === REJECTED && (duration[row] as number) >= 0 && ((marks[row] as number) & ANSWERED) === 0
}

/** Of which it is known how long they rang. */
export function hasRung({ duration, ring }: CallColumns): RowIs {
  return (row) => (duration[row] as number) >= 0 && (ring[row] as number) >= 0
}

function wasOffered(columns: CallColumns, { abandonSeconds }: ServiceLevel): RowIs {
  const { marks, ring } = columns
  const rang = hasRung(columns)
  return (row) => {
    const own = marks[row] as number
    if ((own & INBOUND) === 0 || !rang(row)) return false
    return (own & ANSWERED) !== 0 || (ring[row] as number) >= abandonSeconds
  }
}

function wasInTime(columns: CallColumns, { serviceLevelSeconds }: ServiceLevel): RowIs {
  const { marks, ring } = columns
  const rang = hasRung(columns)
  return (row) =>
    ((marks[row] as number) & (INBOUND | ANSWERED)) === (INBOUND | ANSWERED) &&
    rang(row) &&
    (ring[row] as number) <= serviceLevelSeconds
}

function following(
  sum: MissedState | 'openMissed' | 'resolvable' | 'resolved',
  { marks }: CallColumns,
  followUps: FollowUps,
): RowIs {
  const { state, again } = followUps
  const wasTaken = (row: number) => ((marks[row] as number) & ANSWERED) !== 0
  if (sum === 'resolvable') return (row) => again[row] !== 0 && wasTaken(row)
  if (sum === 'resolved') return (row) => again[row] === NOT_AGAIN && wasTaken(row)
  return isIn(state, sum === 'openMissed' ? 'open' : sum)
}

export function wasWonBack({ state }: FollowUps): RowIs {
  return isIn(state, 'wonBack')
}

function isIn(states: Uint8Array, state: MissedState): RowIs {
  const wanted = 1 + MISSED_STATES.indexOf(state)
  return (row) => states[row] === wanted
}
