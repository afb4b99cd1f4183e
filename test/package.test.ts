import { readdir, readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const COMPILED = fileURLToPath(new URL('../', import.meta.url))
/** Statements at the beginning of a line, and what is loaded when it is needed. */
const IMPORTS = /(?:^(?:import|export) [\w\s{},*$]*\bfrom |\bimport\()['"]([^.'"][^'"]*)['"]/gm

t.test('what ships imports only what a production install has', async (t) => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as Record<string, object>
  const dependencies = { ...manifest['dependencies'], ...manifest['optionalDependencies'] }
  const imported = new Set<string>()
  for (const folder of ['src', 'schemas']) {
    for (const name of await readdir(join(COMPILED, folder), { recursive: true })) {
      // The typed client is a package of its own, with dependencies of its own.
      if (!name.endsWith('.js') || name.startsWith('client/')) continue
      const text = await readFile(join(COMPILED, folder, name), 'utf8')
      for (const [, module = ''] of text.matchAll(IMPORTS)) {
        if (!isBuiltin(module)) imported.add(/^(@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? module)
      }
    }
  }
  t.ok(imported.has('fastify') && imported.has('read'), 'imports of both kinds are found')
  t.same(
    [...imported].filter((name) => !(name in dependencies)),
    [],
  )
})
