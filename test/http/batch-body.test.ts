/** How bodies of many events are taken apart: held against `JSON.parse`, which takes them as one. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import Fastify, { type FastifyRequest } from 'fastify'
import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { ApiError } from '../../src/errors.js'
import { batchParser, linesParser, type UnreadBatch } from '../../src/http/batch-body.js'
import { BatchReader } from '../../src/http/batch-reader.js'

const app = Fastify()
t.teardown(() => app.close())
const [parseBatch, reader] = [batchParser(app), new BatchReader(app)]
const request = { headers: { 'content-type': 'application/json' } } as FastifyRequest

function parsed(text: string, parse = parseBatch): Promise<UnreadBatch> {
  return new Promise((resolve, reject) => {
    void parse(request, Buffer.from(text), (error, body) => {
      if (error === null) resolve(body as UnreadBatch)
      else reject(error)
    })
  })
}

const NAMES = ['events', 'apiKey', 'a"events":[', '\\', ']},[{', 'é', '']
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1.5e3, 'events', '"', '\\"', '[', '{"events":[', ',', '\u2028'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES.slice(2)), tie('value'), { maxKeys: 3 }),
    fc.record({ events: fc.array(tie('value'), { maxLength: 3 }) }),
  ),
})).value
const document = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...NAMES.slice(1)), value, { maxKeys: 3 }),
    fc.array(value, { maxLength: 6 }),
    fc.dictionary(fc.constantFrom('z', '\ty'), value, { maxKeys: 2 }),
    fc.constantFrom(undefined, 1, '\t'),
  )
  .map(([before, events, after, space]) => JSON.stringify({ ...before, events, ...after }, null, space))

t.test('the events of a document are found, whatever stands in them and around them', async () => {
  const property = fc.asyncProperty(document, async (text) => {
    const { events, ...rest } = await parsed(text)
    const whole = JSON.parse(text) as { events: unknown[] }
    assert.deepEqual(
      events.map((event) => JSON.parse(event as string) as unknown),
      whole.events,
    )
    assert.deepEqual({ ...Object.fromEntries(Object.entries(rest)), events: whole.events }, whole)
  })
  await fc.assert(property, { numRuns: 1000 })
})

t.test('a document that is torn is never read, and one that is JSON is never called torn', async () => {
  const torn = fc
    .tuple(document, fc.nat(), fc.constantFrom('', '"', '[', ']', '{', '}', ',', ':', '\\'))
    .map(([text, at, piece]) => {
      const place = at % text.length
      return text.slice(0, place) + piece + text.slice(place + 1)
    })
  let refused = 0
  const property = fc.asyncProperty(torn, async (text) => {
    let isJson = true
    try {
      JSON.parse(text)
    } catch {
      isJson = false
      refused += 1
    }
    const read = async (): Promise<unknown> => reader.read(await parsed(text), null)
    const outcome = await read().catch((error: unknown) => error)
    // One whose envelope is wrong, too, may be told that first.
    if (!isJson) assert.ok(outcome instanceof ApiError, text)
    else if (outcome instanceof ApiError) assert.notEqual(outcome.code, 'invalid_json', text)
  })
  await fc.assert(property, { numRuns: 1000 })
  assert.ok(refused > 300, `${String(refused)} were no JSON`)
})

t.test('of more events than a batch may have none is kept, and all are counted', async (t) => {
  const count = LIMITS.batchEvents * 3
  const events = Array.from({ length: count }, () => ({}))
  for (const body of [
    await parsed(JSON.stringify({ events })),
    await parsed(JSON.stringify({ events }).replace('"events"', '"\\u0065vents"')),
    await parsed('{}\n'.repeat(count), linesParser),
  ]) {
    t.equal(body.events.length, count)
    t.equal(Object.keys(body.events).length, LIMITS.batchEvents)
    await t.rejects(reader.read(body, null), { code: 'invalid_request', message: /at most 1000 entries, not 3000/ })
  }
})
