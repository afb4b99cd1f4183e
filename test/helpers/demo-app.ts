import type { Test } from 'tap'
import { DEMO_OFFICES, demoEvents } from '../../src/demo/calls.js'
import { recordAll } from '../../src/demo/record-all.js'
import type { TestApp, TestAppOptions } from './app.js'
import { exotelApp } from './exotel-server.js'
import { listen } from './listening.js'

const DAYS = 90

interface DemoApp extends TestApp {
  /** Where it listens. */
  readonly origin: string
}

/** Production's app with the calls of the demo client, whose key the documentation shows, listening: every operation has something to answer with. */
export async function startDemoApp(t: Test, options?: TestAppOptions): Promise<DemoApp> {
  const test = await exotelApp(t, options)
  const period = { now: test.clock.now, days: DAYS, seed: 1 }
  const offices = DEMO_OFFICES.filter(({ clientId }) => clientId === 'client-demo')
  await recordAll(
    test.storage,
    offices.flatMap((office) => demoEvents(office, period)),
  )
  return { ...test, origin: await listen(test) }
}
