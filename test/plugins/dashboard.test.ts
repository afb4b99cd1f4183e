import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import t from 'tap'
import { buildTestApp } from '../helpers/app.js'

const { inject } = await buildTestApp(t)
const page = await inject({ url: '/dashboard' })
const assets = [...page.body.matchAll(/"(\/dashboard\/assets\/[^"]+)"/g)].map(([, path = '']) => path)

t.test('the page names a script and a style of its own, and nothing of anybody else', async (t) => {
  t.equal(page.statusCode, 200)
  t.match(page.headers, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
  t.equal(assets.length, 2)
  t.notMatch(page.body, /https?:|\bstyle=|<style|<script>|\bon\w+=/, 'nothing inline, nothing from elsewhere')
  const policy = String(page.headers['content-security-policy']).split(';')
  for (const directive of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"])
    t.ok(policy.includes(directive), directive)
  t.notMatch(String(policy), /unsafe|https?:/)
  t.match(page.headers, { 'x-frame-options': 'DENY', 'cross-origin-resource-policy': 'same-origin' })
})

t.test('what its name fixes is kept for a year, compressed as the browser takes it', async (t) => {
  for (const url of assets) {
    const ask = (encoding?: string) =>
      inject({ url, headers: encoding === undefined ? {} : { 'accept-encoding': encoding } })
    const plain = await ask()
    t.match(plain.headers, {
      'content-type': url.endsWith('.css') ? /^text\/css/ : /^text\/javascript/,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    })
    t.notOk('content-encoding' in plain.headers)
    const brotli = await ask('gzip, deflate, br')
    t.equal(brotli.headers['content-encoding'], 'br')
    t.equal(brotliDecompressSync(brotli.rawPayload).toString(), plain.body)
    const gzip = await ask('gzip')
    t.equal(gzip.headers['content-encoding'], 'gzip')
    t.equal(gunzipSync(gzip.rawPayload).toString(), plain.body)
  }
})

t.test('all scripts together stay below 150 kB as they are sent', async (t) => {
  const first = await inject({ url: assets.find((path) => path.endsWith('.js')) ?? '' })
  const later = [...first.body.matchAll(/"\.\/([\w-]+\.js)"/g)].map(([, name = '']) => `/dashboard/assets/${name}`)
  t.ok(later.length > 0, 'what draws charts is loaded later')
  let bytes = 0
  for (const url of [...assets, ...later]) {
    const answer = await inject({ url, headers: { 'accept-encoding': 'gzip' } })
    t.equal(answer.statusCode, 200, url)
    bytes += answer.rawPayload.length
  }
  t.ok(bytes < 150_000, `${String(bytes)} bytes`)
})

t.test('files that are not there are not found, wherever they are looked for', async (t) => {
  for (const name of ['nothing.js', 'index.html', '..%2findex.html', 'dashboard.js.br']) {
    const answer = await inject({ url: `/dashboard/assets/${name}` })
    t.match([answer.statusCode, answer.json()], [404, { code: 'not_found' }], name)
  }
})
