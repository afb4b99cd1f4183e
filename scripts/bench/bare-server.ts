/**
 * What `log-call` is measured against: a Fastify route with the same body schema, the same validation and the same
 * answer. With `INSERT_URL` it also inserts each event into PostgreSQL, one statement a request, as a server without
 * group commit would; without, it stores nothing.
 */
import Fastify from 'fastify'
import pg from 'pg'
import { pino } from 'pino'
import { LogCallBodySchema, LogCallResponseSchema, type LogCallBody } from '../../schemas/log-call.js'
import { AJV_OPTIONS } from '../../src/http/validation.js'
import { LIMITS } from '../../src/core/limits.js'
import { createLogger } from '../../src/http/logger.js'
import { POOL_SIZE } from '../../src/storage/postgres/open.js'

const { PORT, INSERT_URL } = process.env

const pool = INSERT_URL === undefined ? null : new pg.Pool({ connectionString: INSERT_URL, max: POOL_SIZE })
await pool?.query(
  'create table bare_events (id bigint generated always as identity primary key, event text, timestamp text, data json)',
)

const app = Fastify({
  loggerInstance: createLogger('warn', pino.destination({ sync: false })),
  bodyLimit: LIMITS.bodyBytes,
  ajv: { customOptions: AJV_OPTIONS },
})

app.get('/health/ready', () => ({ status: 'ready' }))

app.post<{ Body: LogCallBody }>(
  '/api/ribbon/log-call',
  { schema: { body: LogCallBodySchema, response: { 200: LogCallResponseSchema } } },
  async ({ body: { event, timestamp, data } }) => {
    await pool?.query('insert into bare_events (event, timestamp, data) values ($1, $2, $3)', [event, timestamp, data])
    return { success: true, logId: 'log-1760280743-abc123def0' }
  },
)

process.once('SIGTERM', () => process.exit(0))
await app.listen({ host: '127.0.0.1', port: Number(PORT) })
