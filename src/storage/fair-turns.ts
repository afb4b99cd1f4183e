/** Who reads next: short reads before long ones, and clients in turn, so that nobody waits for all that another asked. */
import { StorageBusy } from './errors.js'
import type { StoreFigures } from './figures.js'

/** In the order in which they are served. */
const NEEDS = ['look-up', 'read', 'scan', 'export'] as const
export type ReadNeed = (typeof NEEDS)[number]

/** The share of all places that one client may take, so that there is one for the others. */
const CLIENT_SHARE = 0.5
/** Reads of one need that may wait, in all and of one client. More means that they come faster than they can be answered. */
const MOST_WAITING = { all: 2_000, client: 250 }
/** Who has waited longer has mostly gone away, and the answer would only hold up those who have not. */
const LONGEST_WAIT_MS = 10_000

interface Waiting {
  readonly since: number
  readonly go: () => void
  readonly refuse: (error: StorageBusy) => void
}

/** Reads of one need that wait, by client; who had a turn goes to the end. */
class Line {
  readonly #byClient = new Map<string, Waiting[]>()
  #size = 0

  get size(): number {
    return this.#size
  }

  /** @throws StorageBusy when too many wait, or too many of this client */
  add(clientId: string, waiting: Waiting, isLimited: boolean): void {
    const own = this.#byClient.get(clientId) ?? []
    if (this.#size >= MOST_WAITING.all) throw new StorageBusy('too many reads wait')
    if (isLimited && own.length >= MOST_WAITING.client) throw new StorageBusy('too many reads of this client wait')
    own.push(waiting)
    this.#byClient.set(clientId, own)
    this.#size += 1
  }

  /** The first read of the first client who may. */
  take(may: (clientId: string) => boolean): { clientId: string; waiting: Waiting } | null {
    for (const [clientId, own] of this.#byClient) {
      if (!may(clientId)) continue
      const waiting = own.shift() as Waiting
      this.#byClient.delete(clientId)
      if (own.length > 0) this.#byClient.set(clientId, own)
      this.#size -= 1
      return { clientId, waiting }
    }
    return null
  }
}

interface Places {
  /** Reads that may run at once. */
  readonly all: number
  /** Those of them that may take long: scans and parts of exports. */
  readonly long: number
}

export class FairTurns {
  readonly #places: Places
  readonly #clientMost: number
  readonly #now: () => number
  readonly #lines: Readonly<Record<ReadNeed, Line>> = {
    'look-up': new Line(),
    read: new Line(),
    scan: new Line(),
    export: new Line(),
  }
  readonly #runningOf = new Map<string, number>()
  #running = 0
  #long = 0

  /** @param now milliseconds that only grow */
  constructor(places: Places, now: () => number = performance.now.bind(performance)) {
    this.#places = places
    this.#clientMost = Math.ceil(places.all * CLIENT_SHARE)
    this.#now = now
  }

  get figures(): StoreFigures['reads'] {
    const waiting = NEEDS.reduce((sum, need) => sum + this.#lines[need].size, 0)
    return { running: this.#running, most: this.#places.all, waiting }
  }

  /**
   * Waits for a turn.
   * @returns what gives the place back, to be called once
   * @throws StorageBusy when too many wait, or when this one waited too long
   */
  async take(need: ReadNeed, clientId: string): Promise<() => void> {
    if (!this.#hasPlace(need) || !this.#mayGo(need, clientId)) {
      await new Promise<void>((go, refuse) => {
        this.#lines[need].add(clientId, { since: this.#now(), go, refuse }, need !== 'look-up')
      })
    } else this.#enter(need, clientId)
    return () => {
      this.#leave(need, clientId)
    }
  }

  #hasPlace(need: ReadNeed): boolean {
    return this.#running < this.#places.all && (!isLong(need) || this.#long < this.#places.long)
  }

  #mayGo(need: ReadNeed, clientId: string): boolean {
    return need === 'look-up' || (this.#runningOf.get(clientId) ?? 0) < this.#clientMost
  }

  #enter(need: ReadNeed, clientId: string): void {
    this.#running += 1
    if (isLong(need)) this.#long += 1
    if (need !== 'look-up') this.#runningOf.set(clientId, (this.#runningOf.get(clientId) ?? 0) + 1)
  }

  #leave(need: ReadNeed, clientId: string): void {
    this.#running -= 1
    if (isLong(need)) this.#long -= 1
    if (need !== 'look-up') {
      const left = (this.#runningOf.get(clientId) as number) - 1
      if (left === 0) this.#runningOf.delete(clientId)
      else this.#runningOf.set(clientId, left)
    }
    this.#serve()
  }

  #serve(): void {
    for (const need of NEEDS) {
      while (this.#hasPlace(need)) {
        const next = this.#lines[need].take((clientId) => this.#mayGo(need, clientId))
        if (next === null) break
        // The reader of an export waits for its next part, however long that takes.
        if (need !== 'export' && this.#now() - next.waiting.since > LONGEST_WAIT_MS) {
          next.waiting.refuse(new StorageBusy('the read waited too long'))
          continue
        }
        this.#enter(need, next.clientId)
        next.waiting.go()
      }
    }
  }
}

function isLong(need: ReadNeed): boolean {
  return need === 'scan' || need === 'export'
}
