import { setTimeout } from 'node:timers/promises'

/** What a promise resolves to, unless it takes too long. @throws Error naming what was waited for */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  const over = new AbortController()
  const late = setTimeout(ms, null, { signal: over.signal }).then(() => {
    throw new Error(`${what} took longer than ${String(ms)} ms`)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    late.catch(() => undefined)
    over.abort()
  }
}

/** Asks again and again until the answer is yes. @throws Error naming what was waited for */
export async function eventually(ms: number, what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + ms
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`${what} did not happen within ${String(ms)} ms`)
    await setTimeout(5)
  }
}
