import t from 'tap'
import { welcomeLines, welcomeSentence } from '../src/welcome.js'

const WELCOME = {
  url: 'http://127.0.0.1:3000',
  database: '/srv/data/ribbon.db',
  hasDemoClient: false,
  hasClients: false,
}

t.test('a terminal gets five lines at most, and what to do next in the last', async (t) => {
  const demo = welcomeLines({ ...WELCOME, hasDemoClient: true, hasClients: true })
  t.match(demo, [
    /^Exotel Call Ribbon API [\d.]+ listens at http:\/\/127\.0\.0\.1:3000$/,
    '  Documentation  http://127.0.0.1:3000/docs',
    '  Demo API key   demo-api-key-789',
    '  Database       /srv/data/ribbon.db',
    "  Next           curl -H 'X-API-Key: demo-api-key-789' http://127.0.0.1:3000/api/ribbon/config",
  ])
  t.equal(demo.length, 5)
  const empty = welcomeLines(WELCOME)
  t.equal(empty.length, 4)
  t.equal(empty.at(-1), '  Next           npx ribbon clients create --help')
  t.equal(welcomeLines({ ...WELCOME, hasClients: true }).at(-1), '  Next           npx ribbon clients list')
})

t.test('a log gets one sentence', async (t) => {
  t.equal(
    welcomeSentence(WELCOME),
    'Exotel Call Ribbon API is ready at http://127.0.0.1:3000, documentation at http://127.0.0.1:3000/docs.',
  )
  t.match(welcomeSentence({ ...WELCOME, hasDemoClient: true }), /Try it with the API key demo-api-key-789\.$/)
})
