import { connect, type AddressInfo } from 'node:net'
import t from 'tap'
import { buildTestApp } from '../helpers/app.js'

const { app, inject } = await buildTestApp(t)
await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo

/** Asks for a path as it is: clients would tidy it up. */
async function ask(path: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

t.test('no path leads out of the documentation: what is not there is a 404, however it is written', async (t) => {
  const tails = [
    '../',
    '..',
    '../package.json',
    '%2e%2e/',
    '%2E%2E/package.json',
    '%2e%2e%2fpackage.json',
    '..%2f..%2fpackage.json',
    '..%5c..%5cpackage.json',
    '..\\..\\package.json',
    '..;/package.json',
    '../'.repeat(1000),
    '/',
    '//etc/passwd',
    '%2Fetc%2Fpasswd',
    '.',
    './index.css',
    'index.html/..',
    '%00',
    'index.css%00',
    '.git',
    'nothing.js',
    '*',
    'a'.repeat(5000),
  ]
  for (const folder of [
    '/docs/',
    '/docs//',
    '/docs/static/',
    '/docs/static/theme/',
    '/docs/errors/',
    '/openapi.json/',
    '/dashboard/',
    '/dashboard/assets/',
  ]) {
    for (const tail of tails) {
      const [head = '', body = ''] = (await ask(folder + tail)).split('\r\n\r\n')
      t.match(head, /^HTTP\/1\.1 404 .*content-type: application\/problem\+json/s, `${folder}${tail.slice(0, 40)}`)
      t.match(JSON.parse(body), { code: 'not_found' })
      t.notMatch(body, /"dependencies"|root:/)
    }
  }
  for (const path of ['//docs', '/docs%2f', '/docs%2ferrors', '/docs;x', '/docs\\errors', '//evil.example/docs/'])
    t.match(await ask(path), /^HTTP\/1\.1 404 .*"code":"not_found"/s, path)
  for (const path of ['/docs/%', '/docs/static/%ff', '/docs/static/%c0%ae%c0%ae/'])
    t.match(await ask(path), /^HTTP\/1\.1 400 .*percent sign/s, path)
})

t.test('the one redirect of the documentation leads to it, never back to itself or elsewhere', async (t) => {
  for (const query of ['', '?a=b', '?//evil.example', '?/static/index.html']) {
    const answer = await inject({ url: `/docs/static/index.html${query}` })
    t.equal(answer.statusCode, 302)
    t.equal(answer.headers.location, '/docs')
  }
  t.equal((await inject({ url: '/docs' })).statusCode, 200)
})

t.test('pages run the server’s own scripts alone, in no frame, and other sites get nothing of them', async (t) => {
  for (const url of [
    '/dashboard',
    '/docs',
    '/docs/errors',
    '/docs/static/swagger-ui-bundle.js',
    '/docs/static/index.html',
  ]) {
    const { headers } = await inject({ url })
    const policy = String(headers['content-security-policy']).split(';')
    t.ok(policy.includes("default-src 'none'") && policy.includes("script-src 'self'"), url)
    t.ok(policy.includes("frame-ancestors 'none'") && policy.includes("style-src 'self'"), url)
    t.notMatch(String(policy), /unsafe|https?:/)
    t.match(headers, {
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    })
  }
})
