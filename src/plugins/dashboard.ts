import { readdirSync, readFileSync } from 'node:fs'
import type { FastifyPluginAsync } from 'fastify'
import { DASHBOARD_PATH } from '../docs/product.js'
import { CONTENT_SECURITY_POLICY } from '../docs/swagger-ui.js'
import { fail } from '../errors.js'
import { pageHeaders } from './page-headers.js'

/** Made by the build: see scripts/bundle-dashboard.mjs. */
const FOLDER = new URL('../../dashboard/', import.meta.url)
const TYPES = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' } as const
/** A year: the name of a file changes with what is in it. */
const FOR_EVER = 'public, max-age=31536000, immutable'

interface Asset {
  readonly type: string
  readonly plain: Buffer
  readonly br: Buffer
  readonly gzip: Buffer
}

/** The dashboard: one page with its own scripts, which ask the API. Read once, as it is small and never changes. */
export const dashboard: FastifyPluginAsync = async (app) => {
  // A recording is played from memory, because asking for one takes the key.
  await pageHeaders(app, { ...CONTENT_SECURITY_POLICY, 'media-src': ['blob:'] })
  const page = readFileSync(new URL('index.html', FOLDER))
  const assets = readAssets()

  app.get(DASHBOARD_PATH, { schema: { hide: true } }, (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page),
  )
  app.get<{ Params: { '*': string } }>(
    `${DASHBOARD_PATH}/assets/*`,
    { schema: { hide: true } },
    ({ params, headers }, reply) => {
      const asset = assets.get(params['*']) ?? fail('not_found', `There is no such file of ${DASHBOARD_PATH}.`)
      const accepted = headers['accept-encoding'] ?? ''
      const encoding = (['br', 'gzip'] as const).find((name) => accepted.includes(name))
      if (encoding !== undefined) reply.header('content-encoding', encoding)
      return reply
        .headers({ 'cache-control': FOR_EVER, vary: 'Accept-Encoding' })
        .type(asset.type)
        .send(asset[encoding ?? 'plain'])
    },
  )
}

function readAssets(): ReadonlyMap<string, Asset> {
  const read = (name: string) => readFileSync(new URL(name, FOLDER))
  const names = readdirSync(FOLDER).filter((name) => /\.(?:js|css)$/.test(name))
  return new Map(
    names.map((name) => [
      name,
      {
        type: TYPES[name.endsWith('.js') ? 'js' : 'css'],
        plain: read(name),
        br: read(`${name}.br`),
        gzip: read(`${name}.gz`),
      },
    ]),
  )
}
