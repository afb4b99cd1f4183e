import { LIMITS } from '../core/limits.js'
import { CALLBACK_COUNTS } from '../core/vocabulary/callbacks.js'
import type { CallbackNote } from '../storage/port/callbacks.js'
import type { Storage } from '../storage/port/storage.js'

/** How long what was counted may stay in memory alone: it is statistics, and a server that is killed loses it. */
const WRITE_MS = 1_000

const COUNTS: ReadonlySet<string> = new Set(CALLBACK_COUNTS)

type Seen = Pick<CallbackNote, 'event' | 'kind' | 'what' | 'logId'> & { readonly at: number }

/** Counts what callbacks are like without holding them up: in memory, written at most once a second. */
export class CallbackNotes {
  readonly #storage: Pick<Storage, 'noteCallbacks'>
  #pending = new Map<string, Map<string, CallbackNote>>()
  #writing: Promise<void> | null = null
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(storage: Pick<Storage, 'noteCallbacks'>) {
    this.#storage = storage
  }

  add(clientId: string, { at, ...seen }: Seen): void {
    this.#merge(clientId, { ...seen, times: 1, firstAt: at, lastAt: at })
    this.#writeLater()
  }

  /** Resolves when all that was counted until now is written, or could not be: then it is tried again. */
  async flush(): Promise<void> {
    while (this.#writing !== null) await this.#writing
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#write().finally(() => {
      this.#writing = null
    })
    await this.#writing
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.flush()
  }

  #writeLater(): void {
    if (this.#closed) return
    this.#timer ??= setTimeout(() => void this.flush(), WRITE_MS).unref()
  }

  async #write(): Promise<void> {
    const all = this.#pending
    this.#pending = new Map()
    for (const [clientId, notes] of all) {
      try {
        await this.#storage.noteCallbacks(clientId, [...notes.values()])
      } catch {
        for (const note of notes.values()) this.#merge(clientId, note)
        this.#writeLater()
      }
    }
  }

  /** Of oddities that wait no more are told apart than a store would. */
  #merge(clientId: string, note: CallbackNote): void {
    const notes = this.#pending.get(clientId) ?? new Map<string, CallbackNote>()
    this.#pending.set(clientId, notes)
    const isNew = !COUNTS.has(note.kind) && !notes.has(keyOf(note))
    const kept: CallbackNote =
      isNew && notes.size >= LIMITS.callbackOddities ? { ...note, kind: 'others', what: '' } : note
    const known = notes.get(keyOf(kept))
    notes.set(keyOf(kept), known === undefined ? kept : joined(known, kept))
  }
}

function keyOf({ event, kind, what }: CallbackNote): string {
  return `${event} ${kind} ${what}`
}

function joined(one: CallbackNote, other: CallbackNote): CallbackNote {
  const [first, last] = one.firstAt <= other.firstAt ? [one, other] : [other, one]
  return { ...last, times: one.times + other.times, firstAt: first.firstAt, lastAt: Math.max(one.lastAt, other.lastAt) }
}
