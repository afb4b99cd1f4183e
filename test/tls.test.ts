/** The server with a certificate of its own: `TLS_CERT` and `TLS_KEY`. */
import { once } from 'node:events'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import t, { type Test } from 'tap'
import { endOf, readTls, warnOfEnd } from '../src/tls.js'
import { makeCertificate } from './helpers/certificate.js'
import { eventually, within } from './helpers/deadline.js'
import { COVERED, ServerProcess, serverEnv } from './helpers/server-process.js'
import { type EngineName, scratchFolder } from './helpers/storage.js'

const PATIENCE_MS = 60_000

t.setTimeout(400_000)

/** A server whose files a test can replace, two certificates, and clients that trust both. */
async function serveTls(t: Test, engine: EngineName, env: Readonly<Record<string, string>> = {}) {
  const folder = await scratchFolder(t)
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  const [first, second] = [await makeCertificate(folder, 'first'), await makeCertificate(folder, 'second')]
  const put = async ({ cert, key }: typeof files): Promise<void> => {
    await Promise.all([copyFile(cert, files.cert), copyFile(key, files.key)])
  }
  await put(first)
  const ca = [await readFile(first.cert), await readFile(second.cert)]
  const server = new ServerProcess(t, {
    ...COVERED,
    ...(await serverEnv(t, engine)),
    TLS_CERT: files.cert,
    TLS_KEY: files.key,
    ...env,
  })
  const urlOf = () => /ready at (https:\/\/[^\s,]+)/.exec(server.stdout)?.[1]
  await eventually(PATIENCE_MS, `starting the server ${server.stderr}`, () => urlOf() !== undefined)
  const agentOf = (keepAlive: boolean) => new Agent({ keepAlive, maxSockets: 1, maxCachedSessions: 0, ca })
  const fresh = agentOf(false)
  /** @returns the answer, and the name of the certificate that its connection got */
  const get = async (agent = fresh, path = '/health', headers: Readonly<Record<string, string>> = {}) => {
    const sent = request(`${String(urlOf())}${path}`, { agent, headers }).end()
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    const { socket } = answer
    if (!(socket instanceof TLSSocket)) throw new Error('the answer came without TLS')
    const name = socket.getPeerCertificate().subject.CN
    let body = ''
    for await (const chunk of answer) body += String(chunk)
    return { status: answer.statusCode, headers: answer.headers, name, socket, body }
  }
  return { server, files, put, first, second, url: String(urlOf()), get, kept: agentOf(true) }
}

const says = (server: ServerProcess, words: string) =>
  eventually(PATIENCE_MS, words, () => server.stdout.includes(words))

t.test('it serves TLS, and SIGHUP takes a renewed certificate without a dropped connection', async (t) => {
  const token = 'a-metrics-token-0123456789-abcdefghij'
  const { server, files, put, first, second, url, get, kept } = await serveTls(t, 'sqlite', { METRICS_TOKEN: token })
  const endTold = async () => {
    const { body } = await get(undefined, '/metrics', { authorization: `Bearer ${token}` })
    return Number(/^ribbon_tls_certificate_expiry_timestamp_seconds (\d+)$/m.exec(body)?.[1])
  }
  const endOfFile = async ({ cert }: typeof files) => endOf({ cert: await readFile(cert, 'utf8') }) / 1000
  const before = await get(kept)
  t.match(before, { status: 200, name: 'first' })
  t.equal(before.headers['strict-transport-security'], 'max-age=31536000')
  t.match(server.stdout, `${url}/docs`, 'the welcome says where')

  t.equal(await endTold(), await endOfFile(first), 'its figure says when it ends')
  await put(second)
  server.child.kill('SIGHUP')
  await says(server, 'new connections get the certificate that TLS_CERT holds now')
  t.notMatch(server.stdout, 'callers refuse it')
  t.match(await get(), { status: 200, name: 'second' })
  t.equal(await endTold(), await endOfFile(second))
  const after = await get(kept)
  t.equal(after.socket, before.socket, 'an open connection goes on')
  t.match(after, { status: 200, name: 'first' })

  await writeFile(files.cert, 'no certificate')
  server.child.kill('SIGHUP')
  await says(server, 'the certificate stays as it was: TLS_CERT and TLS_KEY must be')
  t.match(await get(), { status: 200, name: 'second' })

  const plain = connect(Number(new URL(url).port), '127.0.0.1')
  plain.on('error', () => undefined).write('GET /health HTTP/1.1\r\nHost: a\r\n\r\n')
  let answer = ''
  plain.on('data', (chunk) => (answer += String(chunk)))
  await once(plain, 'close')
  t.notMatch(answer, 'healthy', 'nothing is served without TLS')

  kept.destroy()
  server.child.kill('SIGTERM')
  t.strictSame(await within(10_000, 'ending the server', server.exited), { code: 0, signal: null })
})

t.test('a certificate that has ended is told, at the start and at a renewal', async (t) => {
  const folder = await scratchFolder(t)
  const said: string[] = []
  const logger = { error: (sentence: string) => said.push(sentence) }
  for (const made of ['2 days ago', null]) {
    const files = await makeCertificate(folder, String(made), made)
    warnOfEnd(readTls(files), logger)
    const server = new ServerProcess(t, {
      ...COVERED,
      ...(await serverEnv(t, 'sqlite')),
      TLS_CERT: files.cert,
      TLS_KEY: files.key,
    })
    await says(server, 'ready at')
    server.child.kill('SIGHUP')
    await says(server, 'new connections get the certificate')
    t.equal(server.stdout.split('the certificate that TLS_CERT holds ended at').length - 1, made === null ? 0 : 2)
    server.child.kill('SIGTERM')
    await server.exited
  }
  t.match(said, [/^the certificate that TLS_CERT holds ended at [-0-9T:.]+Z, and callers refuse it: renew the files/])
  t.equal(said.length, 1)
})

t.test('several processes take a renewed certificate as they are replaced', async (t) => {
  const { server, put, second, get } = await serveTls(t, 'postgres', { WORKERS: '2' })
  t.match(await get(), { status: 200, name: 'first' })
  await put(second)
  server.child.kill('SIGHUP')
  await says(server, 'all server processes are new')
  t.match([await get(), await get()], [{ name: 'second' }, { name: 'second' }])
  server.child.kill('SIGTERM')
  t.strictSame(await within(10_000, 'ending the processes', server.exited), { code: 0, signal: null })
})

t.test('files that are no certificate and its key stop the start with one sentence', async (t) => {
  const folder = await scratchFolder(t)
  const [first, second] = [await makeCertificate(folder, 'first'), await makeCertificate(folder, 'second')]
  const text = join(folder, 'text.pem')
  await writeFile(text, 'no certificate')
  const env = await serverEnv(t, 'sqlite')
  for (const [cert, key, sentence] of [
    [
      join(folder, 'none.pem'),
      first.key,
      /^Cannot start: TLS_CERT must be a file that the server can read: ENOENT.*none\.pem'\n$/,
    ],
    [first.cert, folder, /^Cannot start: TLS_KEY must be a file that the server can read: EISDIR.*\n$/],
    [
      first.cert,
      second.key,
      /^Cannot start: TLS_CERT and TLS_KEY must be a certificate and its own .*key values mismatch\n$/,
    ],
    [
      text,
      first.key,
      /^Cannot start: TLS_CERT and TLS_KEY must be a certificate and its own private key, in PEM: .*\n$/,
    ],
  ] as const) {
    const server = new ServerProcess(t, { ...env, TLS_CERT: cert, TLS_KEY: key })
    t.strictSame(await within(PATIENCE_MS, 'refusing to start', server.exited), { code: 1, signal: null })
    t.match(server.stderr, sentence)
  }
})
