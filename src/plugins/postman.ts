import { readFileSync } from 'node:fs'
import fp from 'fastify-plugin'

interface Collection {
  readonly variable: readonly { readonly key: string; readonly value: string }[]
}

/** Made from the contract by `npm run openapi`: what makes it is no part of a server. */
const COLLECTION = JSON.parse(
  readFileSync(new URL('../docs/postman-collection.json', import.meta.url), 'utf8'),
) as Collection

/** The contract as a Postman collection, whose requests go to the server that it was fetched from. */
export const postman = fp<{ publicOrigin: string | null }>(async (app, { publicOrigin }) => {
  app.get('/postman.json', { schema: { hide: true } }, ({ protocol, host }) => ({
    ...COLLECTION,
    variable: COLLECTION.variable.map(({ key, value }) => ({
      key,
      value: key === 'baseUrl' ? (publicOrigin ?? `${protocol}://${host}`) : value,
    })),
  }))
})
