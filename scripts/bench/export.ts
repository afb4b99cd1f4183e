import type { IncomingMessage } from 'node:http'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { figuresOf, percentile, type Figure } from './figures.js'
import { BUILT_SERVER, startServer, type ServerProcess } from './processes.js'
import { get, logCall, open } from './requests.js'
import type { Stores } from './stores.js'
import type { Workspace } from './workspace.js'

const PATH = '/api/ribbon/export/calls?format=csv'
const SLOW_READERS = 50
/** What a slow reader takes, and how long it then waits: a little faster than those that a server lets go. */
const SLOW = { bytes: 32 * 1024, ms: 5000 }
/** How long other callers wait between two requests. */
const CALLER_MS = 20
/** They wait once the server has nothing more to do for them: its buffers and those of the system are full. */
const QUIET = { processorSeconds: 0.3, ms: 1000, times: 3, atMostMs: 180_000 }
const SAMPLE_MS = 50
const RETRY_MS = 500
const NEWLINE = 10
const MEBIBYTE = 1024 * 1024

const figure = figuresOf('export')

/**
 * Every call as CSV from a server that has just started, while slow readers wait on exports of their own: its memory before and
 * its most memory during the export, and how long others wait meanwhile.
 */
export async function measureExport(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  const { url, calls } = await stores.copyOf(await stores.with({ shape: 'skewed', calls: workspace.options.calls }))
  // It warns of each export that is broken off, as those of the slow readers are in the end.
  const server = await startServer(workspace, BUILT_SERVER, { DATABASE_URL: url, LOG_LEVEL: 'error' })
  const { port } = server
  await get(port, '/api/ribbon/config')
  workspace.say('exporting')
  const before = server.memory()
  let most = before
  const sampling = setInterval(() => {
    most = Math.max(most, server.memory())
  }, SAMPLE_MS)
  const slow: SlowReader[] = []
  // A server lets few exports start at a time, and asks the others to come again.
  while (slow.length < SLOW_READERS) slow.push(await SlowReader.open(port))
  const settling = await untilQuiet(server)
  const waiting = server.memory()
  const start = performance.now()
  // What is logged from here on is not in it.
  const whole = await open(port, PATH)
  const over = new AbortController()
  const callers = Promise.all([configCaller(port, over.signal), logCallCaller(port, over.signal)])
  const { lines, bytes } = await download(whole)
  const seconds = (performance.now() - start) / 1000
  over.abort()
  const [config, logging] = await callers
  clearInterval(sampling)
  most = Math.max(most, server.memory())
  const letGo = slow.filter((reader) => reader.close() === 'broken off').length
  await server.stop()

  const rows = lines - 1
  return [
    figure('rows', rows, ''),
    figure('rows missing', Math.abs(calls - rows), '', { atMost: 0 }),
    figure('size', bytes / MEBIBYTE, 'MB'),
    figure('time', seconds, 's'),
    figure('speed', rows / seconds, '/s'),
    figure('memory before', before / MEBIBYTE, 'MB'),
    figure('memory when slow readers wait', waiting / MEBIBYTE, 'MB'),
    figure(`growth of memory, ${String(SLOW_READERS)} slow readers`, (most - before) / MEBIBYTE, 'MB', { below: 50 }),
    figure('time until slow readers wait', settling, 's'),
    figure('slow readers that were let go', letGo, '', { atMost: 0 }),
    figure('config meanwhile: p99', percentile(config, 99), 'ms', { below: 100 }),
    figure('log-call meanwhile: p99', percentile(logging, 99), 'ms', { below: 100 }),
  ]
}

/** @returns the seconds until the server has had little to do for a while */
async function untilQuiet(server: ServerProcess): Promise<number> {
  const start = performance.now()
  let before = server.processorSeconds()
  let quiet = 0
  while (quiet < QUIET.times && performance.now() - start < QUIET.atMostMs) {
    await wait(QUIET.ms)
    const now = server.processorSeconds()
    quiet = now - before < QUIET.processorSeconds ? quiet + 1 : 0
    before = now
  }
  return (performance.now() - start) / 1000
}

/** Reads a file to its end, keeping none of it. @throws Error when it is broken off */
async function download(file: IncomingMessage): Promise<{ lines: number; bytes: number }> {
  let lines = 0
  let bytes = 0
  for await (const chunk of file as AsyncIterable<Buffer>) {
    bytes += chunk.length
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1
  }
  return { lines, bytes }
}

/** Has an export open, and takes a little of it now and then. */
class SlowReader {
  readonly #file: IncomingMessage
  readonly #taking: NodeJS.Timeout
  #state: 'reading' | 'broken off' = 'reading'

  private constructor(file: IncomingMessage) {
    this.#file = file
    file.on('error', () => {
      this.#state = 'broken off'
    })
    this.#taking = setInterval(() => void file.read(SLOW.bytes), SLOW.ms)
  }

  static async open(port: number): Promise<SlowReader> {
    for (;;) {
      try {
        return new SlowReader(await open(port, PATH))
      } catch (error) {
        if (!/\b429\b/.test((error as Error).message)) throw error
        await wait(RETRY_MS)
      }
    }
  }

  close(): 'reading' | 'broken off' {
    clearInterval(this.#taking)
    const state = this.#state
    this.#file.destroy()
    return state
  }
}

function configCaller(port: number, over: AbortSignal): Promise<number[]> {
  return callUntil(over, async () => (await get(port, '/api/ribbon/config')).ms)
}

function logCallCaller(port: number, over: AbortSignal): Promise<number[]> {
  let calls = 0
  return callUntil(over, () => {
    calls += 1
    return logCall(port, 'dialing', { callSid: `meanwhile-${String(calls)}`, phoneNumber: '+919876543210' }, Date.now())
  })
}

/** One request after the other. @returns how long each took, in milliseconds */
async function callUntil(over: AbortSignal, call: () => Promise<number>): Promise<number[]> {
  const latencies: number[] = []
  while (!over.aborted) {
    latencies.push(await call())
    await wait(CALLER_MS)
  }
  return latencies
}
