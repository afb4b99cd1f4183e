import type { Reconciliation } from '../../schemas/reconciliation.js'
import { ADMIN_TOKEN, type TestApp } from './app.js'
import { eventually } from './deadline.js'

const AS_ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` }
/** Exotel is asked again soon. */
export const IMPATIENT = { attempts: 3, firstWaitMs: 1, longestWaitMs: 1000 }
const OVER_MS = 60_000

const pathOf = (clientId: string) => `/api/admin/clients/${clientId}/reconciliation`

export async function startReconciliation({ post }: TestApp, range: object, clientId = 'client-demo') {
  return post(pathOf(clientId), range, AS_ADMIN)
}

export async function latestReconciliation({ get }: TestApp, clientId = 'client-demo') {
  return get(pathOf(clientId), AS_ADMIN)
}

/** Reconciles, and waits until it is over. */
export async function reconciled(test: TestApp, range: object, clientId = 'client-demo'): Promise<Reconciliation> {
  const started = await startReconciliation(test, range, clientId)
  if (started.statusCode !== 202) throw new Error(started.body)
  let run = started.json<Reconciliation>()
  await eventually(OVER_MS, 'reconciling', async () => {
    run = (await latestReconciliation(test, clientId)).json<Reconciliation>()
    return run.state !== 'running'
  })
  return run
}
