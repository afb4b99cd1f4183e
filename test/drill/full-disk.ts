/** A disk that is full: the kernel says so to a process. strace puts the errors in, and lets go again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

const CALLS = 'pwrite64,fallocate,ftruncate'

/** @returns what makes room */
export function fillDisk(pid: number): () => Promise<void> {
  const inject = ['-e', `trace=${CALLS}`, '-e', `inject=${CALLS}:error=ENOSPC`]
  const strace: ChildProcess = spawn('strace', ['-f', '-qq', '-o', '/dev/null', ...inject, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(strace, 'exit')
  return async () => {
    if (strace.exitCode !== null) throw new Error('strace did not fail the disk')
    strace.kill('SIGINT')
    await ended
  }
}
