/**
 * Executes the steps of the Containerfile without a container engine: each RUN in a folder that stands for the image, by chroot.
 * Then starts what it built on a read-only file system, as the image's user, waits until the health check passes, runs the
 * commands that are given, and ends it with the image's signal.
 *
 *   sudo node scripts/deploy/try-containerfile.mjs <base> <work> [command in the image]…
 *
 * `base` is a folder with what the base image has, for all stages: Debian with its compilers, Node.js in /usr/local and the user
 * `node`. `work` is made, and holds a folder for each stage. Names in TRY_ENV, separated by commas, are passed on to RUN
 * and to the server.
 */
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const [base, work, ...commands] = process.argv.slice(2)
if (base === undefined || work === undefined) {
  console.error('usage: try-containerfile.mjs <base> <work> [command]…')
  process.exit(2)
}
const CONTEXT = resolve(import.meta.dirname, '../..')
const START_MS = 60_000
/** What engines give a container before they kill it. */
const STOP_MS = 10_000

const passedOn = Object.fromEntries(
  (process.env['TRY_ENV'] ?? '').split(',').flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])),
)
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Each stage: its folder, and what its instructions have said so far. */
const stages = []
const newStage = (name) => ({ name, root: join(work, name), env: { PATH }, folder: '/', user: 'root', volumes: [] })

for (const [instruction, text] of instructions(readFileSync(join(import.meta.dirname, 'Containerfile'), 'utf8'))) {
  if (instruction === 'ARG') continue
  console.log(`${instruction} ${text}`)
  if (instruction === 'FROM') {
    const stage = newStage(/ AS (\S+)$/.exec(text)?.[1] ?? `stage-${String(stages.length)}`)
    stages.push(stage)
    mkdirSync(work, { recursive: true })
    run('cp', ['-a', '--reflink=auto', base, stage.root])
    continue
  }
  const stage = stages.at(-1)
  if (instruction === 'WORKDIR') mkdirSync(join(stage.root, (stage.folder = text)), { recursive: true })
  else if (instruction === 'ENV')
    Object.assign(stage.env, Object.fromEntries(text.split(' ').map((each) => each.split('='))))
  else if (instruction === 'USER') stage.user = text
  else if (instruction === 'VOLUME') stage.volumes.push(text)
  else if (instruction === 'COPY') copy(stage, text)
  else if (instruction === 'RUN')
    execFileSync(...inside(stage, ['/bin/sh', '-c', text], passedOn), { stdio: 'inherit' })
  else if (['EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD'].includes(instruction)) stage[instruction] = text
  else throw new Error(`${instruction} is not known here`)
}
await tryOut(stages.at(-1))

/** @returns each instruction with its text, lines that go on joined */
function instructions(file) {
  const lines = file
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n')
  return lines.filter((line) => line.trim() !== '').map((line) => /^(\w+) (.*)$/.exec(line).slice(1))
}

function run(command, args) {
  execFileSync(command, args, { stdio: 'inherit' })
}

function copy(stage, text) {
  const [, from, paths] = /^(?:--from=(\S+) )?(.*)$/.exec(text)
  const source = from === undefined ? CONTEXT : stages.find(({ name }) => name === from).root
  const names = paths.split(' ')
  const target = join(stage.root, resolve(stage.folder, names.pop()))
  const isFolder = paths.endsWith('/')
  for (const name of names)
    cpSync(join(source, name), isFolder ? join(target, basename(name)) : target, {
      recursive: true,
      verbatimSymlinks: true,
    })
}

/** A command in the image, as the user, in the folder and with the environment that were named last. */
function inside(stage, command, more = {}, isReadOnly = false) {
  const { root, env, folder, user, volumes } = stage
  const setting = Object.entries({ ...env, HOME: '/tmp', ...more }).map(([name, value]) => `${name}=${value}`)
  const mounts = [
    `mount --rbind /dev ${root}/dev && mount -t proc proc ${root}/proc && mount -t tmpfs tmpfs ${root}/tmp`,
    ...(isReadOnly ? [`mount --bind ${root} ${root} && mount -o remount,bind,ro ${root}`] : []),
    ...(isReadOnly
      ? volumes.map((at) => `mount --bind ${root}${at} ${root}${at} && mount -o remount,bind,rw ${root}${at}`)
      : []),
  ]
  if (isReadOnly) mounts.push(mounts.shift())
  const arrive = `${mounts.join(' && ')} && exec chroot --userspec=${user}:${user} "$@"`
  return [
    'unshare',
    [
      ...['--mount', '/bin/sh', '-c', arrive, 'sh', root],
      ...['/usr/bin/env', '-i', '-C', folder, ...setting, ...command],
    ],
  ]
}

async function tryOut(stage) {
  const started = performance.now()
  const [command, args] = inside(stage, [...JSON.parse(stage.ENTRYPOINT), ...JSON.parse(stage.CMD)], passedOn, true)
  const server = spawn(command, args, { stdio: 'inherit' })
  const ended = new Promise((resolve) => server.once('exit', (code, signal) => resolve(code ?? signal)))
  const check = JSON.parse(/ CMD (.*)$/.exec(stage.HEALTHCHECK)[1])
  while (!passes(stage, check)) {
    if (performance.now() - started > START_MS) {
      server.kill(stage.STOPSIGNAL)
      throw new Error('the health check does not pass')
    }
    await sleep(200)
  }
  console.log(`healthy after ${(performance.now() - started).toFixed()} ms`)
  for (const text of commands) {
    console.log(`> ${text}`)
    execFileSync(...inside(stage, ['/bin/sh', '-c', text], passedOn), { stdio: 'inherit' })
  }
  const signalled = performance.now()
  server.kill(stage.STOPSIGNAL)
  const late = setTimeout(() => server.kill('SIGKILL'), STOP_MS)
  const outcome = await ended
  clearTimeout(late)
  console.log(`ended with ${String(outcome)} after ${(performance.now() - signalled).toFixed()} ms`)
  process.exitCode = outcome === 0 ? 0 : 1
}

function passes(stage, check) {
  try {
    execFileSync(...inside(stage, check, passedOn), { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
