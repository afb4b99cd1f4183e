import { spawnSync } from 'node:child_process'
import { mkdir, readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { scratchFolder } from '../helpers/storage.js'
import { UNCOVERED } from '../helpers/uncovered.js'

t.setTimeout(400_000)

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

t.test('sources are compiled when they are newer than what was compiled, and only then', async (t) => {
  const folder = await scratchFolder(t)
  const build = () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], {
      cwd: folder,
      env: UNCOVERED,
    })
    return { status, stdout: String(stdout), stderr: String(stderr) }
  }
  const [source, compiled] = [join(folder, 'src', 'a.ts'), join(folder, 'dist', 'a.js')]
  await mkdir(join(folder, 'src'))
  await writeFile(
    join(folder, 'tsconfig.json'),
    '{"compilerOptions":{"rootDir":"src","outDir":"dist","types":[],"skipLibCheck":true}}',
  )
  await writeFile(source, 'export const a: number = 1\n')
  t.match(
    build(),
    { status: 1, stderr: /^There is nothing in dist\/, .* npm run build .*\n$/ },
    'nothing to run, and no compiler',
  )

  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  t.same(build(), { status: 0, stdout: '', stderr: '' })
  t.match(await readFile(compiled, 'utf8'), 'a = 1')

  await writeFile(compiled, 'as it was left')
  t.same(build(), { status: 0, stdout: '', stderr: '' })
  t.equal(await readFile(compiled, 'utf8'), 'as it was left', 'what is up to date is not compiled')

  const later = new Date(Date.now() + 60_000)
  await writeFile(source, 'export const a: number = "no number"\n')
  await utimes(source, later, later)
  t.match(build(), { status: 1, stdout: /src\/a\.ts.*TS2322/ }, 'what does not compile is not taken for built')
  await writeFile(source, 'export const a: number = 2\n')
  t.same(build(), { status: 0, stdout: '', stderr: '' })
  t.match(await readFile(compiled, 'utf8'), 'a = 2')

  await utimes(source, later, later)
  await rename(join(folder, 'node_modules'), join(folder, 'elsewhere'))
  t.same(build(), { status: 0, stdout: '', stderr: '' }, 'without a compiler dist/ is taken as it is')
})
