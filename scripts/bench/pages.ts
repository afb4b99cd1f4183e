import { figuresOf, median, type Figure } from './figures.js'
import { BUILT_SERVER, startServer } from './processes.js'
import { get, takeTurns } from './requests.js'
import type { Stores } from './stores.js'
import type { Workspace } from './workspace.js'

const PAGE_SIZE = 50
const DEEP_PAGE = 10_000
const REQUESTS = 200

const figure = figuresOf('pages')

/** The first page of call logs against a deep one: the last, when there are too few events for that. */
export async function measurePages(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  const { url, events } = await stores.with({ shape: 'skewed', calls: workspace.options.calls })
  const server = await startServer(workspace, BUILT_SERVER, { DATABASE_URL: url })
  workspace.say('reading pages of call logs')
  const deepPage = Math.min(DEEP_PAGE, Math.ceil(events / PAGE_SIZE))
  const path = (page: number) => `/api/ribbon/call-logs?page=${String(page)}&pageSize=${String(PAGE_SIZE)}`
  const { port } = server
  const pages = [1, deepPage].map((page) => ({ port, path: path(page) }))
  const [first = [], deep = []] = await takeTurns(pages, REQUESTS)
  const { body } = await get(port, path(deepPage))
  const { logs, pagination } = body as { logs: unknown[]; pagination: { total: number } }
  await server.stop()

  return [
    figure('events', pagination.total, ''),
    figure('events missing from total', Math.abs(events - pagination.total), '', { atMost: 0 }),
    figure(`events on page ${deepPage.toLocaleString('en')}`, logs.length, '', { atLeast: 1 }),
    figure('page 1: p50', median(first), 'ms'),
    figure(`page ${deepPage.toLocaleString('en')}: p50`, median(deep), 'ms'),
    figure(`page ${deepPage.toLocaleString('en')} / page 1`, median(deep) / median(first), '×', { atMost: 2 }),
  ]
}
