/** The primary of several server processes asks them for figures while they come and go. */
import cluster from 'node:cluster'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { sumOfWorkers } from '../../src/metrics/processes.js'
import { scratchFolder } from '../helpers/storage.js'

/** Says that it is ready; at a word wants figures and takes its leave, and is there for a while yet. */
const WORKER = `
const { worker } = require('node:cluster')
worker.send({ hasClients: true })
worker.on('message', (message) => {
  if (message === 'leave') worker.send({ wantsText: 1 }, () => worker.disconnect())
})
setInterval(() => undefined, 1000)
`

t.test('a process that takes its leave while it waits for figures harms nobody, and is not waited for', async (t) => {
  const exec = join(await scratchFolder(t), 'worker.cjs')
  await writeFile(exec, WORKER)
  cluster.setupPrimary({ exec, execArgv: [] })
  const text = sumOfWorkers()
  const worker = cluster.fork()
  const gone = once(worker, 'exit')
  t.teardown(async () => {
    worker.process.kill('SIGKILL')
    await gone
  })
  const faults: unknown[] = []
  worker.on('error', (fault) => faults.push(fault))
  await once(worker, 'message')
  const left = once(worker, 'disconnect')
  worker.send('leave')
  await once(worker, 'message')
  const whileItLeaves = text()
  await left
  const begunAt = performance.now()
  await text()
  t.comment(`asking a process that has left took ${String(performance.now() - begunAt)} ms`)
  t.notMatch(await whileItLeaves, 'ribbon')
  await setImmediate()
  t.same(faults, [], 'what it wanted is not sent to it')
})
