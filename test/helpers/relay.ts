import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import type { Test } from 'tap'

interface Relay {
  readonly port: number
  /** From now on nothing gets through and nothing breaks: what the loss of a machine's power looks like from others. */
  silence(): void
}

/** Passes connections on to a port of this machine. */
export async function startRelay(t: Test, port: number): Promise<Relay> {
  const sockets = new Set<Socket>()
  let isSilent = false
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  }
  const server = createServer((near) => {
    keep(near)
    if (isSilent) return
    const far = connect(port, '127.0.0.1')
    keep(far)
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => {
      if (!isSilent) near.destroy()
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.teardown(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return {
    port: (server.address() as AddressInfo).port,
    silence: () => {
      isSilent = true
      for (const socket of sockets) socket.unpipe().pause()
    },
  }
}
