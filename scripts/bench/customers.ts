import { figuresOf, median, percentile, type Figure } from './figures.js'
import { BUILT_SERVER, startServer } from './processes.js'
import { get, takeTurns } from './requests.js'
import type { Stores } from './stores.js'
import type { Workspace } from './workspace.js'
import { RARE_CUSTOMERS } from './year-calls.js'

/** Of each of the customers. */
const REQUESTS = 20

const figure = figuresOf('customers')

/** The calls of a customer who has few, among very many of others. */
export async function measureCustomers(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  const { url } = await stores.with({ shape: 'skewed', calls: workspace.options.calls })
  const server = await startServer(workspace, BUILT_SERVER, { DATABASE_URL: url })
  const { port } = server
  workspace.say('reading calls of customers')
  const paths = RARE_CUSTOMERS.map((customerId) => `/api/ribbon/customer/${customerId}/calls`)
  const latencies = (
    await takeTurns(
      paths.map((path) => ({ port, path })),
      REQUESTS,
    )
  ).flat()
  const answers = await Promise.all(paths.map((path) => get(port, path)))
  await server.stop()
  const calls = answers.map(({ body }) => (body as { calls: unknown[] }).calls.length)
  return [
    figure('calls of each', median(calls), ''),
    figure('customer/{id}/calls: p50', median(latencies), 'ms', { below: 5 }),
    figure('customer/{id}/calls: p99', percentile(latencies, 99), 'ms'),
  ]
}
