import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { bytesOfColumns, columnsOf, decodeColumns, encodeColumns } from '../../../src/core/analytics/call-columns.js'
import { ByteReader, ByteWriter } from '../../../src/core/varint.js'
import { askedCalls, calls, rowsOf } from '../../helpers/asked-calls.js'

t.test('columns say of each call what it was given, before and after they were bytes', (t) => {
  fc.assert(
    fc.property(askedCalls, (calls) => {
      const columns = columnsOf(calls)
      assert.deepEqual(rowsOf(columns), calls)
      assert.deepEqual(decodeColumns(encodeColumns(columns)), columns)
    }),
    { numRuns: 300 },
  )
  t.end()
})

t.test('columns are read from the middle of other bytes, as a store hands them out', (t) => {
  const columns = columnsOf(calls(3, (n) => ({ agent: `é${n}`, customer: 2 ** 40 + n })))
  const writer = new ByteWriter()
  writer.varint(7)
  writer.append(encodeColumns(columns))
  t.same(decodeColumns(writer.bytes().subarray(1)), columns)
  t.end()
})

t.test('columns that were kept before calls said their domain say that they have none', (t) => {
  const columns = columnsOf(calls(3, (n) => ({ agent: `agent-${n}`, endReason: n === 0 ? 'NORMAL' : null })))
  const now = encodeColumns(columns)
  const header = new ByteReader(now)
  const [count, ...lengths] = Array.from({ length: 1 + 7 + 2 * 5 }, () => header.varint())
  const kept = lengths.slice(0, -2)
  const before = new ByteWriter()
  for (const number of [count as number, ...kept]) before.varint(number)
  before.append(now.subarray(header.at, header.at + kept.reduce((sum, length) => sum + length, 0)))
  t.same(decodeColumns(before.bytes()), columns)
  t.end()
})

t.test('columns of no call are none, and more calls take more memory', (t) => {
  const none = columnsOf([])
  t.same(decodeColumns(encodeColumns(none)), none)
  t.equal(bytesOfColumns(none), 0)
  t.ok(bytesOfColumns(columnsOf(calls(1, () => ({})))) < bytesOfColumns(columnsOf(calls(2, () => ({})))))
  t.end()
})
