/**
 * The documentation's code samples, run as they are printed against a server that listens. Only the origin and the admin token are
 * put in place of the documented ones.
 */
import { execFile, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import ts from 'typescript'
import { DEMO_WEBHOOK_TO_DELETE } from '../../src/core/vocabulary/demo.js'
import { LOCAL_ORIGIN } from '../../src/docs/defaults.js'
import type { CodeSample } from '../../src/docs/samples.js'
import type { ListedWebhook } from '../../src/storage/port/webhooks.js'
import { ADMIN_TOKEN } from '../helpers/app.js'
import { startDemoApp } from '../helpers/demo-app.js'
import { scratchFolder } from '../helpers/storage.js'

t.setTimeout(400_000)

interface Document {
  readonly paths: Readonly<Record<string, Record<string, Operation>>>
}

interface Operation {
  readonly operationId: string
  readonly 'x-codeSamples': readonly CodeSample[]
}

/** The strictest that a project may ask, with what the samples use of browsers and of Node.js. */
const COMPILER_OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  skipLibCheck: true,
  types: [],
}

const execute = promisify(execFile)

/** What a sample deletes is there again for the next language. */
async function createDeleted(): Promise<void> {
  for (const clientId of ['client-demo', 'client-002']) {
    const [{ url, eventTypes, sealedSecrets }] = (await storage.webhooks(clientId)) as [ListedWebhook]
    const webhook = { endpointId: DEMO_WEBHOOK_TO_DELETE, url, eventTypes, sealedSecrets, createdAt: 1 }
    await storage.createWebhook(clientId, webhook)
    await storage.updateWebhook(clientId, DEMO_WEBHOOK_TO_DELETE, { status: 'paused' }, 1)
  }
}

const { app, origin, storage } = await startDemoApp(t)
const { paths } = app.swagger() as unknown as Document
const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
const folder = await scratchFolder(t)
/** Programs of somebody’s own: without what the test runner puts into its processes. */
const OPTIONS = { cwd: folder, env: { ...process.env, NODE_OPTIONS: '', CURL_HOME: folder } }

/** The sample of each operation in a language, calling the server that listens. */
function samples(language: string): readonly (readonly [operationId: string, source: string])[] {
  return operations.map(({ operationId, 'x-codeSamples': all }) => {
    const source = all.find(({ label }) => label === language)?.source ?? ''
    return [operationId, source.replaceAll(LOCAL_ORIGIN, origin).replaceAll('your-admin-token', ADMIN_TOKEN)]
  })
}

/** Runs modules one after the other in a process of their own. @returns which failed, and how */
async function failuresOf(files: readonly string[]): Promise<string> {
  const runner = `for (const file of ${JSON.stringify(files)}) {
    await import(file).catch((error) => console.error(file, error))
  }`
  return (await execute(process.execPath, ['--input-type=module', '-e', runner], OPTIONS)).stderr
}

/** Runs a program that does not end until it has written what is expected of it. */
async function beginning(command: string, args: readonly string[], expected: RegExp): Promise<string> {
  const child = spawn(command, args, { ...OPTIONS, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  for await (const text of child.stdout) {
    output += String(text)
    if (expected.test(output)) break
  }
  child.kill()
  return output
}

const STREAM = 'streamCalls'
const SNAPSHOT = /snapshot[^]*activeCalls/

t.test('every curl sample is answered with success', async (t) => {
  // An answer that is an error makes curl fail.
  await writeFile(join(folder, '.curlrc'), 'fail-with-body\nsilent\nshow-error\n')
  for (const [operationId, source] of samples('curl')) {
    if (operationId === STREAM) t.match(await beginning('sh', ['-c', `exec ${source}`], SNAPSHOT), SNAPSHOT)
    else await t.resolves(execute('sh', ['-c', source], OPTIONS), operationId)
  }
})

t.test('every JavaScript sample runs', async (t) => {
  await createDeleted()
  const files = samples('JavaScript').map(([operationId, source]) => [`./${operationId}.mjs`, source] as const)
  for (const [file, source] of files) await writeFile(join(folder, file), source)
  const stream = `./${STREAM}.mjs`
  t.equal(await failuresOf(files.map(([file]) => file).filter((file) => file !== stream)), '')
  t.match(await beginning(process.execPath, [stream], SNAPSHOT), SNAPSHOT)
})

t.test('every TypeScript sample compiles with the typed client, and runs', async (t) => {
  const client = join(folder, 'node_modules', 'exotel-call-ribbon-client')
  await mkdir(client, { recursive: true })
  await writeFile(join(client, 'package.json'), '{"type":"module","exports":"./client.js"}')
  const compiled = resolve('dist', 'src', 'client', 'client')
  await writeFile(join(client, 'client.js'), `export * from '${pathToFileURL(compiled).href}.js'`)
  await writeFile(join(client, 'client.d.ts'), `export * from '${compiled}.js'`)

  for (const [operationId, source] of samples('TypeScript')) await writeFile(join(folder, `${operationId}.mts`), source)
  const program = ts.createProgram(
    operations.map(({ operationId }) => join(folder, `${operationId}.mts`)),
    { ...COMPILER_OPTIONS, outDir: join(folder, 'compiled') },
  )
  const faults = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
  t.strictSame(faults, [])
  program.emit()
  await createDeleted()
  const ids = operations.map(({ operationId }) => operationId).filter((operationId) => operationId !== STREAM)
  t.equal(await failuresOf(ids.map((operationId) => `./compiled/${operationId}.mjs`)), '')
  t.match(await beginning(process.execPath, [`./compiled/${STREAM}.mjs`], SNAPSHOT), SNAPSHOT)
})
