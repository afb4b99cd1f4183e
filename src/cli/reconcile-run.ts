/** Starts a reconciliation at a server, follows it to its end, and prints what it found. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Reconciliation, ReconciliationBody } from '../../schemas/reconciliation.js'
import { type Fetch, retrying } from '../client/retry.js'
import { printJson, printList } from './print.js'
import { Progress } from './progress.js'
import { requireServer } from './server.js'
import type { Surroundings } from './surroundings.js'

interface Options {
  readonly origin: string
  /** A secret: it is in no output. */
  readonly adminToken: string
  readonly clientId: string
  readonly range: ReconciliationBody
  readonly json: true | undefined
}

type Difference = Reconciliation['differences'][number]

const LOOK_EVERY_MS = 500
const HOUR_MS = 3_600_000

/** @throws Error when the server refuses it, or it comes to no good end, after all was printed */
export async function reconcile(here: Surroundings, options: Options): Promise<void> {
  const { origin, json } = options
  await requireServer(origin)
  const started = await ask(options, (request) => fetch(request), { method: 'POST', body: options.range })
  const run = await followed(here, options, started)
  if (json === true) printJson(here, run)
  else print(here, run)
  if (run.state !== 'finished') throw new Error(String(run.error))
}

async function followed(here: Surroundings, options: Options, started: Reconciliation): Promise<Reconciliation> {
  // Whoever reads JSON reads it alone.
  const output = options.json === true ? here.errors : here.output
  const hours = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / HOUR_MS)
  const progress = new Progress(output, 'hours reconciled', hours(started.from, started.to), 0)
  const read = retrying((request) => fetch(request), { retries: 8 })
  let run = started
  let done = 0
  while (run.state === 'running') {
    await sleep(LOOK_EVERY_MS)
    run = await ask(options, read, { method: 'GET' })
    if (run.runId !== started.runId) throw new Error('Another reconciliation took its place: look at that one.')
    const now = hours(run.from, run.doneTo)
    progress.add(now - done)
    done = now
  }
  progress.end()
  return run
}

async function ask(
  { origin, adminToken, clientId }: Options,
  send: Fetch,
  { method, body }: { readonly method: string; readonly body?: object },
): Promise<Reconciliation> {
  const url = new URL(`/api/admin/clients/${encodeURIComponent(clientId)}/reconciliation`, origin)
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' }
  const answer = await send(new Request(url, { method, headers, ...(body && { body: JSON.stringify(body) }) }))
  const said = (await answer.json().catch(() => ({}))) as Partial<Reconciliation> & { readonly detail?: string }
  if (said.runId !== undefined) return said as Reconciliation
  throw new Error(said.detail ?? `What answers at ${origin} is no server of this API.`)
}

function print(here: Surroundings, run: Reconciliation): void {
  const { calls, missing, changed, unknown, pending, unusable, differences } = run
  const counts = [
    `${String(calls)} calls are in Exotel’s records: ${String(missing)} were missing, ${String(changed)} were changed`,
    `${String(unknown)} that ribbons told of are unknown to Exotel`,
    `${String(pending)} have yet to end`,
    ...(unusable > 0 ? [`${String(unusable)} could not be read`] : []),
  ]
  here.console.log(`${counts.join(', ')}.`)
  if (differences.length === 0) return
  here.console.log('')
  const columns = {
    CALL: ({ sessionId }: Difference) => sessionId,
    WHAT: ({ kind }: Difference) => kind,
    CHANGES: ({ changes }: Difference) => changes.map(inWords).join(', '),
  }
  printList(here, differences, columns, { json: undefined, empty: '' })
  const more = missing + changed + unknown - differences.length
  if (more > 0) here.console.log(`And ${String(more)} more.`)
}

function inWords({ member, before, after }: Difference['changes'][number]): string {
  return before === null ? `${member} ${String(after)}` : `${member} ${before} → ${String(after)}`
}
