/** Figures on a port of their own, which asks for no token: it is for this machine, or for a network of the operator's. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The format that Prometheus reads. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'
export const METRICS_PATH = '/metrics'

/** @returns where it listens, and what closes it */
export async function serveMetrics(
  place: { readonly host: string; readonly port: number },
  text: () => Promise<string>,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    if (request.url !== METRICS_PATH || request.method !== 'GET') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end(`There is only GET ${METRICS_PATH} here.\n`)
      return
    }
    text().then(
      (figures) => response.writeHead(200, { 'content-type': METRICS_TYPE }).end(figures),
      () => response.writeHead(500).end(),
    )
  })
  server.listen(place.port, place.host)
  await once(server, 'listening')
  const { address, port, family } = server.address() as AddressInfo
  const host = family === 'IPv6' ? `[${address}]` : address
  return {
    url: `http://${host}:${String(port)}${METRICS_PATH}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
