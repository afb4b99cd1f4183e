import { DEMO_KEY } from './app.js'
import type { LoggedEvent } from './load.js'

export interface StoredLog extends LoggedEvent {
  readonly logId: string
}

interface Page {
  readonly logs: readonly StoredLog[]
  readonly pagination: { readonly total: number; readonly nextCursor: string | null }
}

/** Asks a listening server as the demo client. @throws Error when the answer is not a 200 */
export async function ask<T>(url: string): Promise<T> {
  const response = await fetch(url, { headers: { 'x-api-key': DEMO_KEY } })
  if (response.status !== 200) throw new Error(`${url} answers ${String(response.status)}: ${await response.text()}`)
  return (await response.json()) as T
}

/** Every event of the demo client by cursor, and the total that each page claims. */
export async function walkLogs(origin: string): Promise<{ logs: StoredLog[]; totals: ReadonlySet<number> }> {
  const logs: StoredLog[] = []
  const totals = new Set<number>()
  let cursor: string | null = ''
  while (cursor !== null) {
    const { logs: page, pagination }: Page = await ask(`${origin}/api/ribbon/call-logs?pageSize=500&cursor=${cursor}`)
    logs.push(...page)
    totals.add(pagination.total)
    cursor = pagination.nextCursor
  }
  return { logs, totals }
}
