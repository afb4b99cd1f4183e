import { setImmediate } from 'node:timers/promises'

/** Things of one request that are looked at before the next request has its turn: about a millisecond’s work. */
const CHUNK = 32

/** Things with their places. Between chunks of them the event loop goes round, so that others are served meanwhile. */
export async function* inChunks<T>(all: readonly T[]): AsyncGenerator<readonly [place: number, one: T], void> {
  for (const [place, one] of all.entries()) {
    if (place > 0 && place % CHUNK === 0) await setImmediate()
    yield [place, one]
  }
}
