import type { components } from './api.js'
import { RibbonError } from './error.js'
import { backOffMs, PASSING, wait } from './retry.js'

type Schemas = components['schemas']

/** A message of the stream, whose `id` is its place in the client's sequence of events. */
export type StreamMessage =
  | { readonly id: number; readonly event: 'snapshot'; readonly data: Schemas['StreamSnapshot'] }
  | { readonly id: number; readonly event: Schemas['CallChangeType']; readonly data: Schemas['CallChange'] }
  | { readonly id: number; readonly event: 'today'; readonly data: Schemas['Today'] }

export interface ChangesOptions {
  /** `id` of the last message that was read before: goes on after it. Without it begins with a snapshot. */
  readonly after?: number
  /** Ends it. */
  readonly signal?: AbortSignal
  /** Is told when the connection is there, and when it is lost. */
  readonly onConnection?: (isLive: boolean) => void
}

/** A server says something every 15 seconds: one that is silent for longer than this is gone. */
const SILENCE_MS = 40_000

/** Opens the stream after a message; rejects with what the server answers in its place. */
type Open = (after: number | undefined, signal: AbortSignal) => Promise<Response>

/** Reads messages, over as many connections as it takes: none is missed or comes twice. */
export async function* changes(
  open: Open,
  options: ChangesOptions,
  silenceMs = SILENCE_MS,
): AsyncGenerator<StreamMessage, void> {
  const { signal, onConnection } = options
  const ended = signal ?? new AbortController().signal
  let { after } = options
  let failures = 0
  while (!ended.aborted) {
    const silence = new AbortController()
    const listen = () => {
      return setTimeout(() => {
        silence.abort()
      }, silenceMs)
    }
    let timer = listen()
    try {
      const response = await open(after, AbortSignal.any([ended, silence.signal]))
      onConnection?.(true)
      let text = ''
      for await (const part of partsOf(response)) {
        clearTimeout(timer)
        timer = listen()
        failures = 0
        const blocks = (text + part).split('\n\n')
        text = blocks.pop() as string
        for (const message of blocks.map(messageOf)) {
          if (message === null) continue
          after = message.id
          yield message
        }
      }
    } catch (error) {
      if (error instanceof RibbonError && !PASSING.includes(error.status)) throw error
    } finally {
      clearTimeout(timer)
      // Of whoever stops reading the connection goes, too.
      silence.abort()
      onConnection?.(false)
    }
    failures += 1
    await wait(backOffMs(failures), ended).catch(() => undefined)
  }
}

/** Not every browser can iterate over a stream. */
async function* partsOf({ body }: Response): AsyncGenerator<string, void> {
  const reader = (body as NonNullable<typeof body>).pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    yield value
  }
}

/** @returns null for a comment, and for what says how soon to come back */
function messageOf(block: string): StreamMessage | null {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
  const data = field('data')
  if (data === undefined) return null
  return { id: Number(field('id')), event: field('event'), data: JSON.parse(data) as unknown } as StreamMessage
}
