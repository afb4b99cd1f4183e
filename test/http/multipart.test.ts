import fc from 'fast-check'
import t from 'tap'
import { fieldsOf } from '../../src/http/multipart.js'

const read = (text: string, type = 'multipart/form-data; boundary=B') => fieldsOf(Buffer.from(text), type)
const field = (name: string, value: string) =>
  `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`

t.test('what browsers write as a form is read as it was, in order, without its files', (t) => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((one) => one.replace(/[\r\n\\]|%22/g, ''))
  const file = '--B\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n--C\r\n\r\n'
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { maxLength: 8 }), (fields) => {
      // As the HTML standard has it. The platform's own writer has been seen not to end, as its parser has.
      const parts = fields.map(([name, value]) => field(name.replaceAll('"', '%22'), value))
      const found = read(`${parts.join('')}${file}--B--\r\n`)
      if (JSON.stringify(found) !== JSON.stringify(fields)) throw new Error(JSON.stringify(found))
    }),
  )
  t.pass()
  t.end()
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
  t.same(read('--B\r\nContent-Disposition: form-data\r\n\r\n1\r\n--B--'), [], 'a part without a name is none')
})

t.test('what ends early, or has another boundary or none, is no form', async (t) => {
  for (const text of ['', 'x', field('a', '1'), '--B', '--B\r\nContent-Disposition: form-data; name="a"', '--C--\r\n'])
    t.equal(read(text), null, text)
  t.equal(read('--B--', 'multipart/form-data'), null)
  t.equal(read(`--B\r\n${'x'.repeat(3_000)}\r\n\r\n1\r\n--B--`), null)
})
