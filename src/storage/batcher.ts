/**
 * Group commit: while batches are being committed, arriving events wait; the next batch takes what has come. There is no
 * timer, so an idle store commits an event at once and a busy one shares each commit among as many events as wait for it.
 */
import { StorageBusy, StorageUnavailable } from './errors.js'
import type { CountedEvent, EventOutcome, StoreFigures, StoreNews } from './figures.js'
import type { BatchOutcome, NewEvent, RecordOutcome } from './port/events.js'

/** Something that waits to be recorded. */
export interface Waiting {
  readonly clientId: string
  /** How much of the queue it takes. */
  readonly bytes: number
  readonly counted: CountedEvent
}

interface BatcherOptions<Item extends Waiting> {
  /**
   * Commits items together: all or, when it rejects, none. One outcome per item, in order.
   * @param next may be called before it resolves, when the lane's next batch can follow: this one's commit is under way
   */
  readonly commit: (items: readonly Item[], next: () => void) => Promise<readonly RecordOutcome[]>
  /** Items of one lane are committed in order; lanes do not wait for each other. */
  readonly laneOf: (item: Item) => string
  /** Hears of each batch, and of each event what became of it. */
  readonly onNews?: ((news: StoreNews) => void) | undefined
}

/**
 * What one commit takes: enough to share it, few enough that nobody waits long for it. Half of what waits, when that is more:
 * who was answered sends the next event while the other half is being committed, so that neither side stands idle.
 */
const BATCH = { fewest: 32, most: 256, bytes: 1024 * 1024 }
/** What may wait, over all lanes. More means that the disk cannot keep up: better to say so than to pile up. */
const QUEUE = { items: 10_000, bytes: 32 * 1024 * 1024 }
/** The share of the queue that one client may fill, so that there is room for the others. */
const CLIENT_SHARE = 0.5

/** Items of one client that are committed together, most often one. */
interface Entry<Item> {
  readonly items: readonly [Item, ...Item[]]
  readonly bytes: number
  readonly resolve: (outcomes: readonly BatchOutcome[]) => void
  readonly reject: (error: unknown) => void
}

/** Entries of several clients, who take turns. */
class Lane<Item extends Waiting> {
  readonly #byClient = new Map<string, Entry<Item>[]>()
  #size = 0

  get isEmpty(): boolean {
    return this.#size === 0
  }

  add(entry: Entry<Item>): void {
    this.#size += entry.items.length
    const [{ clientId }] = entry.items
    const own = this.#byClient.get(clientId)
    if (own === undefined) this.#byClient.set(clientId, [entry])
    else own.push(entry)
  }

  /** The next batch: the clients' entries in turn, each client's own in order. One of many items goes beyond what is left. */
  take(): Entry<Item>[] {
    const batch: Entry<Item>[] = []
    let count = 0
    let bytes = 0
    const items = Math.min(Math.max(BATCH.fewest, this.#size >> 1), BATCH.most)
    const share = Math.max(1, Math.ceil(items / Math.max(1, this.#byClient.size)))
    while (this.#byClient.size > 0 && count < items && bytes < BATCH.bytes) {
      for (const [clientId, entries] of this.#byClient) {
        const end = count + Math.min(share, items - count)
        let taken = 0
        while (count < end && taken < entries.length && bytes < BATCH.bytes) {
          const entry = entries[taken] as Entry<Item>
          batch.push(entry)
          count += entry.items.length
          bytes += entry.bytes
          taken += 1
        }
        // Who had a turn goes to the end.
        this.#byClient.delete(clientId)
        if (taken < entries.length) this.#byClient.set(clientId, entries.slice(taken))
        if (count >= items || bytes >= BATCH.bytes) break
      }
    }
    this.#size -= count
    return batch
  }
}

/** An event as figures see it. */
export function countedEvent({ source, event: name }: NewEvent): CountedEvent {
  return { source, name }
}

function ignore(): void {}

export class Batcher<Item extends Waiting> {
  readonly #options: BatcherOptions<Item>
  readonly #lanes = new Map<string, Lane<Item>>()
  readonly #queued = new Map<string, { items: number; bytes: number }>()
  readonly #running = new Set<Promise<void>>()
  #items = 0
  #bytes = 0
  #closed = false

  constructor(options: BatcherOptions<Item>) {
    this.#options = options
  }

  /**
   * @returns the item's outcome, once it is durable
   * @throws StorageBusy when too much waits, or too much of this client
   */
  async record(item: Item): Promise<RecordOutcome> {
    const [outcome] = (await this.#add([item])) as [BatchOutcome]
    if (outcome.status === 'failed') throw outcome.error
    return outcome
  }

  /**
   * Records items of one client in one commit.
   * @returns an outcome an item, in order, once they are durable
   * @throws as `record` does
   */
  recordAll(items: readonly Item[]): Promise<readonly BatchOutcome[]> {
    const [first, ...rest] = items
    return first === undefined ? Promise.resolve([]) : this.#add([first, ...rest])
  }

  #add(items: Entry<Item>['items']): Promise<readonly BatchOutcome[]> {
    if (this.#closed) return Promise.reject(new StorageUnavailable('the store is closing'))
    const [{ clientId }] = items
    const bytes = items.reduce((sum, item) => sum + item.bytes, 0)
    const own = this.#queued.get(clientId) ?? { items: 0, bytes: 0 }
    const isFull = this.#items + items.length > QUEUE.items || this.#bytes + bytes > QUEUE.bytes
    const isShareFull =
      own.items + items.length > QUEUE.items * CLIENT_SHARE || own.bytes + bytes > QUEUE.bytes * CLIENT_SHARE
    if (isFull || isShareFull) {
      const whose = isFull ? 'too many events wait' : 'too many events of this client wait'
      return Promise.reject(new StorageBusy(whose))
    }
    own.items += items.length
    own.bytes += bytes
    this.#queued.set(clientId, own)
    this.#items += items.length
    this.#bytes += bytes
    return new Promise((resolve, reject) => {
      const name = this.#options.laneOf(items[0])
      const entry = { items, bytes, resolve, reject }
      const running = this.#lanes.get(name)
      if (running !== undefined) {
        running.add(entry)
        return
      }
      const lane = new Lane<Item>()
      lane.add(entry)
      this.#lanes.set(name, lane)
      this.#start(name, lane)
    })
  }

  /** What waits to be recorded, or is being. */
  get queue(): StoreFigures['queue'] {
    return { items: this.#items, bytes: this.#bytes }
  }

  /** Takes no more items and resolves when all that were accepted are answered. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#running)
  }

  #start(name: string, lane: Lane<Item>): void {
    const running = this.#run(name, lane)
    this.#running.add(running)
    void running.finally(() => this.#running.delete(running))
  }

  async #run(name: string, lane: Lane<Item>): Promise<void> {
    let underWay: Promise<unknown> = Promise.resolve()
    for (;;) {
      if (lane.isEmpty) await underWay
      if (lane.isEmpty) break
      const batch = lane.take()
      await new Promise<void>((next) => {
        const committed = this.#commit(batch, next).finally(() => {
          for (const entry of batch) this.#release(entry)
          next()
        })
        underWay = Promise.all([underWay, committed])
      })
    }
    this.#lanes.delete(name)
  }

  #release({ items, bytes }: Entry<Item>): void {
    const [{ clientId }] = items
    this.#items -= items.length
    this.#bytes -= bytes
    const own = this.#queued.get(clientId) as { items: number; bytes: number }
    own.items -= items.length
    own.bytes -= bytes
    if (own.items === 0) this.#queued.delete(clientId)
  }

  async #commit(batch: readonly Entry<Item>[], next: () => void): Promise<void> {
    const items = batch.flatMap((entry) => entry.items)
    try {
      const outcomes = await this.#record(items, next)
      let at = 0
      for (const entry of batch) entry.resolve(outcomes.slice(at, (at += entry.items.length)))
    } catch (error) {
      // What cannot be recorded fails alone; a store that cannot be used fails all.
      if (error instanceof StorageUnavailable) {
        this.#tell(items, () => 'unavailable')
        for (const { reject } of batch) reject(error)
      } else if (batch.length > 1) for (const one of batch) await this.#commit([one], ignore)
      else await this.#apart(items, error).then(batch[0]?.resolve, batch[0]?.reject)
    }
  }

  async #record(items: readonly Item[], next: () => void): Promise<readonly RecordOutcome[]> {
    const { commit, onNews } = this.#options
    if (onNews === undefined) return commit(items, next)
    const from = performance.now()
    const outcomes = await commit(items, next)
    const seconds = (performance.now() - from) / 1000
    onNews({ kind: 'batch', seconds, events: items.map(({ counted }) => counted) })
    this.#tell(items, (at) => (outcomes[at] as RecordOutcome).status)
    return outcomes
  }

  #tell(items: readonly Item[], outcomeAt: (place: number) => EventOutcome): void {
    const events = items.map(({ counted }) => counted)
    this.#options.onNews?.({ kind: 'outcomes', events, outcomes: items.map((_, at) => outcomeAt(at)) })
  }

  /**
   * The outcomes of items that cannot be committed together, for one that is at fault: the others are, by halves.
   * @param error what they failed of
   */
  async #apart(items: readonly Item[], error: unknown): Promise<readonly BatchOutcome[]> {
    if (items.length === 1) {
      this.#tell(items, () => 'failed')
      return [{ status: 'failed', error }]
    }
    const middle = items.length >> 1
    const outcomes: BatchOutcome[] = []
    for (const half of [items.slice(0, middle), items.slice(middle)]) {
      const settled = this.#record(half, ignore).catch((fault: unknown) => {
        if (!(fault instanceof StorageUnavailable)) return this.#apart(half, fault)
        throw new StorageUnavailable(fault.message, { outcomeOpen: true, cause: fault })
      })
      outcomes.push(...(await settled))
    }
    return outcomes
  }
}
