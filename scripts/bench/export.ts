import { performance } from 'node:perf_hooks'
import type { Figure } from './figures.js'
import { BUILT_SERVER, startServer } from './processes.js'
import { get, open } from './requests.js'
import type { Stores } from './stores.js'
import type { Workspace } from './workspace.js'

const SAMPLE_MS = 50
const NEWLINE = 10
const MEBIBYTE = 1024 * 1024

/** Every call as CSV from a server that has just started: its memory before and its most memory during the export. */
export async function measureExport(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  const { url, calls } = await stores.withCalls(workspace.options.calls)
  const server = await startServer(workspace, BUILT_SERVER, { DATABASE_URL: url })
  await get(server.port, '/api/ribbon/config')
  workspace.say('exporting')
  const before = server.memory()
  let most = before
  const sampling = setInterval(() => {
    most = Math.max(most, server.memory())
  }, SAMPLE_MS)
  const start = performance.now()
  const { lines, bytes } = await download(server.port, '/api/ribbon/export/calls?format=csv')
  const seconds = (performance.now() - start) / 1000
  clearInterval(sampling)
  most = Math.max(most, server.memory())
  await server.stop()

  const rows = lines - 1
  const figure = (name: string, value: number, unit: Figure['unit'], bar: Figure['bar'] = null): Figure => ({
    section: 'export',
    name,
    value,
    unit,
    bar,
  })
  return [
    figure('rows', rows, ''),
    figure('rows missing', Math.abs(calls - rows), '', { atMost: 0 }),
    figure('size', bytes / MEBIBYTE, 'MB'),
    figure('time', seconds, 's'),
    figure('speed', rows / seconds, '/s'),
    figure('memory before', before / MEBIBYTE, 'MB'),
    figure('growth of memory', (most - before) / MEBIBYTE, 'MB', { below: 50 }),
  ]
}

/** Reads a file to its end, keeping none of it. @throws Error when it is broken off */
async function download(port: number, path: string): Promise<{ lines: number; bytes: number }> {
  let lines = 0
  let bytes = 0
  for await (const chunk of (await open(port, path)) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1
  }
  return { lines, bytes }
}
