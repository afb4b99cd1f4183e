import t from 'tap'
import { shareResponses } from '../../src/docs/responses.js'

const missing = { description: 'Missing.' }
const gone = { description: 'Gone.' }
const REFERENCE = { $ref: '#/components/responses/NotFound' }

t.test('a response that several operations have is described once, under the name of its status', (t) => {
  const operations = [
    { responses: { 200: { description: 'One.' }, 404: missing, '4XX': gone } },
    { responses: { 200: { description: 'Two.' }, 404: missing, '4XX': gone } },
  ]
  t.strictSame(shareResponses(operations), { NotFound: missing, ClientError: gone })
  t.strictSame(operations, [
    {
      responses: {
        200: { description: 'One.' },
        404: REFERENCE,
        '4XX': { $ref: '#/components/responses/ClientError' },
      },
    },
    {
      responses: {
        200: { description: 'Two.' },
        404: REFERENCE,
        '4XX': { $ref: '#/components/responses/ClientError' },
      },
    },
  ])
  t.end()
})

t.test('one name means one response: other words for a status stay where they are', (t) => {
  const operations = [missing, gone, missing, gone].map((answer) => ({ responses: { 404: answer } }))
  t.strictSame(shareResponses(operations), { NotFound: missing })
  t.strictSame(
    operations.map(({ responses }) => responses[404]),
    [REFERENCE, gone, REFERENCE, gone],
  )
  t.end()
})
