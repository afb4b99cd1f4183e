import { join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import t from 'tap'
import { DEMO_CALLBACK_KEY } from '../../src/core/vocabulary/demo.js'
import { runRibbon } from '../helpers/ribbon.js'
import { ServerProcess, serverEnv } from '../helpers/server-process.js'
import { ENGINES, scratchFolder } from '../helpers/storage.js'

t.setTimeout(400_000)

for (const engine of ENGINES) {
  t.test(`made-up callbacks show what becomes of them, and are listed: ${engine}`, async (t) => {
    const env = await serverEnv(t, engine)
    const server = new ServerProcess(t, env)
    const url = await server.ready()
    const own = { ...env, CALLBACK_KEY: DEMO_CALLBACK_KEY }
    const tried = await runRibbon(['callbacks', 'try', 'client-demo', '--url', url], own)
    t.match(tried, { code: 0, stderr: '' })
    t.match(tried.stdout.trim().split('\n'), [
      /^CALLBACK +SENT AS +ANSWER +LOG ID +CALL +STATUS$/,
      /^statusCallback +json +200 +log-\S+ +session-try-\w+-statusCallback +completed$/,
      /^integrationCallback +form +200 +log-\S+ +session-try-\w+-integrationCallback +missed$/,
      /^passthru +query +200 +log-\S+ +session-try-\w+-passthru +completed$/,
      /^popup +query +200 +log-\S+ +session-try-\w+-popup +active$/,
    ])
    const port = new URL(url).port
    const file = join(await scratchFolder(t), 'key')
    await writeFile(file, `${DEMO_CALLBACK_KEY}\n`)
    const more = await runRibbon(['callbacks', 'try', '--key-file', file, '--json'], { ...env, PORT: port })
    t.match(JSON.parse(more.stdout), [{ answer: 200, status: null }, {}, {}, {}], 'on this machine, looking nothing up')

    const lost = await runRibbon(['callbacks', 'try', 'client-001', '--url', url], own)
    t.match(lost, { code: 1, stderr: /^4 calls are not to be found under client-001: the key is another client’s/ })
    const refused = await runRibbon(['callbacks', 'try', '--url', url], { ...env, CALLBACK_KEY: 'unknown' })
    t.match(refused, {
      code: 1,
      stdout: /401 The key in the path is not valid/,
      stderr: '4 of 4 callbacks were refused.\n',
    })

    const odd = `${url}/api/exotel/${DEMO_CALLBACK_KEY}/status-callback`
    await fetch(odd, { method: 'POST', body: new URLSearchParams({ CallSid: 'odd', Colour: 'red' }) })
    server.child.kill('SIGTERM')
    await server.exited
    const listed = await runRibbon(['callbacks', 'list', 'client-demo'], env)
    t.match(listed, { code: 0, stdout: /^CALLBACK +RECEIVED .*\nstatusCallback +4 +0 / })
    t.match(listed.stdout, /\n\nCALLBACK +WHAT IS ODD .*\nstatusCallback +unknown-member +Colour +1 /)
    t.match((await runRibbon(['callbacks', 'list', 'client-001'], env)).stdout, /\n\nNothing was odd about them\.\n$/)
    const json = await runRibbon(['callbacks', 'list', 'client-demo', '--json'], env)
    t.match(JSON.parse(json.stdout), { callbacks: [{ received: 4 }], oddities: [{ what: 'Colour' }] })
    t.match(await runRibbon(['callbacks', 'list', 'nobody'], env), { code: 1, stderr: 'There is no client nobody.\n' })

    const away = await runRibbon(['callbacks', 'try', '--url', url], own)
    t.match(away, {
      code: 1,
      stdout: '',
      stderr: `Nothing answers at ${url}: start the server, or name it with --url.\n`,
    })
    t.notMatch(away.stderr, DEMO_CALLBACK_KEY)
    const tls = { ...own, PORT: '1', TLS_CERT: 'cert.pem', TLS_KEY: 'key.pem' }
    t.match(await runRibbon(['callbacks', 'try'], tls), {
      code: 1,
      stderr: /^Nothing answers at https:\/\/127\.0\.0\.1:1:/,
    })
  })
}

t.test('the callback key is asked for, and is no argument', async (t) => {
  t.match(await runRibbon(['callbacks', 'try']), {
    code: 2,
    stderr: /callback key is needed.*--key-file.*CALLBACK_KEY/,
  })
})
