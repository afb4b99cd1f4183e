import pg from 'pg'
import t from 'tap'
import { binaryArray } from '../../../src/storage/postgres/binary-array.js'
import type { List } from '../../../src/storage/sql/transaction.js'
import { scratchDatabase } from '../../helpers/postgres.js'

const client = new pg.Client({ connectionString: await scratchDatabase(t) })
await client.connect()
t.teardown(() => client.end())

/** The elements of a list as the server has them, in their order, each as text. */
async function received(list: List): Promise<(string | null)[]> {
  const asText = list.type === 'bytea' ? `encode(element, 'hex')` : 'element::text'
  const { rows } = await client.query<{ element: string | null }>(
    `select ${asText} as element from unnest($1::${list.type}[]) with ordinality as list (element, place) order by place`,
    [binaryArray(list)],
  )
  return rows.map(({ element }) => element)
}

t.test('whole numbers arrive as they are, however large, negative ones too', async (t) => {
  const values = [
    0,
    1,
    -1,
    255,
    -256,
    2 ** 31 - 1,
    2 ** 31,
    -(2 ** 31),
    -(2 ** 31) - 1,
    2 ** 32 - 1,
    2 ** 32,
    -(2 ** 32),
    1_760_265_000_000,
    -62_135_596_800_000,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
  ]
  t.strictSame(await received({ type: 'bigint', values }), values.map(String))
})

t.test('texts arrive as they are: empty, quoted, of any alphabet', async (t) => {
  const values = ['', 'NULL', 'null', '{a,b}', '"quoted\\"', ' ', 'é', '😀𝒳', 'é'.repeat(70_000), '\\u0000']
  t.strictSame(await received({ type: 'text', values }), values)
})

t.test('bytes arrive as they are', async (t) => {
  const values = [[], [0], [0, 255, 92, 34], Array.from({ length: 256 }, (_, n) => n)].map(
    (list) => new Uint8Array(list),
  )
  t.strictSame(
    await received({ type: 'bytea', values }),
    values.map((value) => Buffer.from(value).toString('hex')),
  )
})

t.test('nulls arrive in their places among the others, and alone', async (t) => {
  t.strictSame(await received({ type: 'bigint', values: [null, 7, null, -7] }), [null, '7', null, '-7'])
  t.strictSame(await received({ type: 'text', values: ['a', null, ''] }), ['a', null, ''])
  t.strictSame(await received({ type: 'bytea', values: [null, new Uint8Array([7])] }), [null, '07'])
  t.strictSame(await received({ type: 'text', values: [null] }), [null])
})

t.test('an empty list has no elements', async (t) => {
  for (const type of ['bigint', 'text', 'bytea'] as const) t.strictSame(await received({ type, values: [] }), [])
})
