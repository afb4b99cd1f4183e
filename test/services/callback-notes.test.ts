import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { CallbackNotes } from '../../src/services/callback-notes.js'
import type { CallbackNote } from '../../src/storage/port/callbacks.js'
import { ENGINES, newClient, scratchStorage } from '../helpers/storage.js'

const seen = (what: string, at = 1) =>
  ({ event: 'popup', kind: 'unknown-member', what, at, logId: `log-${String(at)}` }) as const
const note = (what: string): CallbackNote => ({
  event: 'popup',
  kind: 'unknown-member',
  what,
  times: 1,
  firstAt: 1,
  lastAt: 1,
  logId: 'log',
})

for (const engine of ENGINES) {
  t.test(`counts add up, and of oddities so many are told apart: ${engine}`, async (t) => {
    const storage = await scratchStorage(t, 1, engine)
    await storage.createClient(newClient('acme'))
    await storage.createClient(newClient('other'))
    const first = Array.from({ length: LIMITS.callbackOddities - 1 }, (_, n) => note(`m${String(n)}`))
    await storage.noteCallbacks('acme', [...first, { ...note(''), kind: 'received', times: 5 }])
    await storage.noteCallbacks('acme', [
      { ...note('m0'), firstAt: 7, lastAt: 9, logId: 'later' },
      note('last'),
      note('beyond'),
      note('beyond, too'),
      { ...note(''), kind: 'received', times: 2 },
    ])
    await storage.noteCallbacks('acme', [note('beyond')])
    const notes = await storage.callbackNotes('acme')
    const of = (kind: string, what = '') => notes.find((one) => one.kind === kind && one.what === what)
    t.match(of('unknown-member', 'm0'), { times: 2, firstAt: 1, lastAt: 9, logId: 'later' })
    t.match(of('received'), { times: 7 })
    t.match(of('others'), { times: 3 })
    t.equal(notes.filter(({ kind }) => kind === 'unknown-member').length, LIMITS.callbackOddities)
    t.same(await storage.callbackNotes('other'), [])
    await storage.noteCallbacks('nobody', [note('x')])
    t.same(await storage.callbackNotes('nobody'), [])
  })
}

t.test(
  'what could not be written is written with what comes after it, and memory holds no more than a store',
  async (t) => {
    const written: CallbackNote[][] = []
    let fails = true
    const notes: CallbackNotes = new CallbackNotes({
      noteCallbacks: async (_client, batch) => {
        if (fails) {
          notes.add('acme', seen('m1', 9))
          throw new Error('away')
        }
        written.push([...batch])
      },
    })
    for (let n = 0; n < LIMITS.callbackOddities + 5; n++) notes.add('acme', seen(`m${String(n)}`))
    await notes.flush()
    notes.add('acme', seen('m0', 3))
    fails = false
    await Promise.all([notes.flush(), notes.flush()])
    t.equal(written.length, 1)
    t.equal(written[0]?.length, LIMITS.callbackOddities + 1)
    const of = (what: string) => written[0]?.find((one) => one.what === what)
    t.match(of('m0'), { times: 2, firstAt: 1, lastAt: 3, logId: 'log-3' })
    t.match(of('m1'), { times: 2, firstAt: 1, lastAt: 9, logId: 'log-9' }, 'what came meanwhile is newer')
    t.match(of(''), { kind: 'others', times: 5 })
    await notes.close()
    notes.add('acme', seen('late'))
    t.equal(written.length, 1)
  },
)

t.test('counts are written by themselves, soon', async (t) => {
  const written = new Promise<readonly CallbackNote[]>((resolve) => {
    const notes = new CallbackNotes({
      noteCallbacks: async (_client, batch) => {
        resolve(batch)
      },
    })
    notes.add('acme', seen('x'))
    notes.add('acme', seen('x', 2))
  })
  // The timer holds no process.
  const waiting = setInterval(() => undefined, 1000)
  t.match(await written, [{ what: 'x', times: 2 }])
  clearInterval(waiting)
})
