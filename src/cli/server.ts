/** The server that a command talks to. */
import { loadConfig } from '../config.js'
import type { Surroundings } from './surroundings.js'

/** The origin of a server: the one that is named, else the one that the environment describes, on this machine. */
export function originOf({ env }: Surroundings, url: string | undefined): string {
  if (url !== undefined) return new URL(url).origin
  const { port, tls } = loadConfig(env)
  return `${tls === null ? 'http' : 'https'}://127.0.0.1:${String(port)}`
}

/** Whoever mistypes the address should not wait for many tries. @throws Error when nothing answers */
export async function requireServer(origin: string): Promise<void> {
  await fetch(origin).catch((error: unknown) => {
    throw noServer(origin, error)
  })
}

/** @param error what it says of itself may hold the address, and that a key: its name alone is kept */
export function noServer(origin: string, error: unknown): Error {
  return new Error(`Nothing answers at ${origin}: start the server, or name it with --url.`, {
    cause: (error as Error).name,
  })
}
