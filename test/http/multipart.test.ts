import fc from 'fast-check'
import t from 'tap'
import { fieldsOf } from '../../src/http/multipart.js'

const read = (text: string, type = 'multipart/form-data; boundary=B') => fieldsOf(Buffer.from(text), type)
const field = (name: string, value: string) =>
  `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`

t.test('what the platform writes as a form is read as it was, in order, without its files', async (t) => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((one) => one.replace(/[\r\n\\]|%22/g, ''))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text), { maxLength: 8 }), async (fields) => {
      const form = new FormData()
      for (const [name, value] of fields) form.append(name, value)
      form.append('file', new Blob(['--B\r\n']), 'a.wav')
      const response = new Response(form)
      const type = String(response.headers.get('content-type'))
      const found = fieldsOf(Buffer.from(await response.arrayBuffer()), type)
      if (JSON.stringify(found) !== JSON.stringify(fields)) throw new Error(JSON.stringify(found))
    }),
  )
  t.pass()
})

t.test('forms may have a preamble, an epilogue, other headers, and values of several lines', async (t) => {
  const more =
    '--B\r\nX-Other: 1\r\ncontent-disposition:form-data; name=b\r\nContent-Type: text/plain\r\n\r\n1\r\n2\r\n'
  t.same(read(`hello\r\n${field('a', '')}${more}--B--\r\nbye`), [
    ['a', ''],
    ['b', '1\r\n2'],
  ])
  t.same(read(`${field('a\\"b', '1')}--B--`, 'multipart/form-data; charset=utf-8; boundary="B"'), [['a"b', '1']])
  t.same(read('--B--\r\n'), [])
  t.same(read(`${field('a\u2028b\u0085', '1')}--B--`), [['a\u2028b\u0085', '1']], 'no other character ends a line')
  t.same(read('--B\r\nContent-Disposition: form-data\r\n\r\n1\r\n--B--'), [], 'a part without a name is none')
})

t.test('what ends early, or has another boundary or none, is no form', async (t) => {
  for (const text of ['', 'x', field('a', '1'), '--B', '--B\r\nContent-Disposition: form-data; name="a"', '--C--\r\n'])
    t.equal(read(text), null, text)
  t.equal(read('--B--', 'multipart/form-data'), null)
  t.equal(read(`--B\r\n${'x'.repeat(3_000)}\r\n\r\n1\r\n--B--`), null)
})
