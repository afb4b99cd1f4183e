/** Whether what is stored of a client follows from its events, beside a server that goes on recording. */
import type { AuditEntry } from '../storage/port/audit-log.js'
import { CHECK_PARTS, type CheckPart, type CheckPlace } from '../storage/port/check.js'
import type { Storage } from '../storage/port/storage.js'

/** Ids that are told of each kind of difference. */
const IDS_TOLD = 5

export interface Finding {
  readonly clientId: string
  readonly part: CheckPart
  readonly kind: string
  readonly count: number
  /** The first few. */
  readonly ids: readonly string[]
}

interface Options {
  /** Puts right what differs, with an entry in the audit log; null leaves everything as it is. */
  readonly repairs: AuditEntry | null
  /** Hears how many more things were compared. */
  readonly onChecked?: (count: number) => void
}

/**
 * Compares all that is stored of a client, a batch at a time: each batch sees one moment, so events that are recorded meanwhile
 * are no differences.
 * @returns what differed, by kind; nothing when all is well
 */
export async function checkClient(
  storage: Pick<Storage, 'checkStored' | 'repairStored'>,
  clientId: string,
  { repairs, onChecked = () => undefined }: Options,
): Promise<readonly Finding[]> {
  const found = new Map<string, { clientId: string; part: CheckPart; kind: string; count: number; ids: string[] }>()
  for (const part of CHECK_PARTS) {
    let after: CheckPlace | null = null
    do {
      const seen = await storage.checkStored(clientId, part, after)
      const batch =
        repairs === null || seen.differences.length === 0
          ? seen
          : await storage.repairStored(clientId, part, after, repairs)
      for (const { kind, id } of batch.differences) {
        const known = found.get(kind) ?? { clientId, part, kind, count: 0, ids: [] }
        known.count += 1
        if (known.ids.length < IDS_TOLD) known.ids.push(id)
        found.set(kind, known)
      }
      onChecked(seen.checked)
      after = seen.next
    } while (after !== null)
  }
  return [...found.values()]
}
