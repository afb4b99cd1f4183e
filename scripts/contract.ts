import type { FastifyInstance } from 'fastify'
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { stringify } from 'yaml'
import { buildApp } from '../src/app.js'
import { loadConfig } from '../src/config.js'
import type { Storage } from '../src/storage/port.js'

const HEADER = 'Generated from the schemas by `npm run openapi`: edit those.'

/** The files that the schemas generate, by path from the root of the project. */
export async function contractFiles(): Promise<Record<string, string>> {
  // Routes are registered, never called: neither a store nor the time is needed.
  const app = await buildApp({ config: loadConfig({ LOG_LEVEL: 'silent' }), storage: {} as Storage, clock: () => 0 })
  try {
    return await filesOf(app)
  } finally {
    await app.close()
  }
}

export async function filesOf(app: FastifyInstance): Promise<Record<string, string>> {
  await app.ready()
  const document = app.swagger()
  const types = await openapiTypes(document as OpenAPI3, { alphabetize: true })
  return {
    'openapi.yaml': `# ${HEADER}\n${stringify(document, { aliasDuplicateObjects: false, lineWidth: 120 })}`,
    'src/client/api.ts': `// ${HEADER}\n${astToString(types)}`,
  }
}
