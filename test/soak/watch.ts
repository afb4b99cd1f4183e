/** What a server takes while it runs, second by second. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { isServer, databasePath } from '../../src/storage/open.js'

export interface Sample {
  /** Seconds since the start. */
  readonly at: number
  readonly residentMb: number
  readonly descriptors: number
  readonly diskMb: number
  /** Milliseconds to acknowledge; NaN while nothing was. */
  readonly p50: number
  readonly p99: number
  readonly eventsPerSecond: number
}

/** @returns NaN of a process that is not there now */
export function processOf(pid: number): Pick<Sample, 'residentMb' | 'descriptors'> {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    const residentMb = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) / 1024
    return { residentMb, descriptors: readdirSync(`/proc/${String(pid)}/fd`).length }
  } catch {
    return { residentMb: NaN, descriptors: NaN }
  }
}

export async function diskMb(databaseUrl: string): Promise<number> {
  if (!isServer(databaseUrl)) return bytesIn(dirname(databasePath(databaseUrl))) / 1e6
  const client = new pg.Client({ connectionString: databaseUrl })
  try {
    await client.connect()
    const { rows } = await client.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes')
    return Number(rows[0]?.bytes) / 1e6
  } catch {
    return NaN
  } finally {
    await client.end().catch(() => null)
  }
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sum + bytesIn(path)
    // Files of the log come and go.
    return sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0)
  }, 0)
}

/** The p-th percentile, `p` from 0 to 100; NaN of none. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  return sorted[Math.max(Math.ceil((p / 100) * sorted.length) - 1, 0)] ?? NaN
}
