import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { Document, Scalar, visit } from 'yaml'
import { buildApp } from '../src/app.js'
import { loadConfig } from '../src/config.js'
import type { Storage } from '../src/storage/port.js'
import { postmanCollection } from './postman.js'

const HEADER = 'Generated from the schemas by `npm run openapi`: edit those.'

/** The files that the schemas generate, by path from the root of the project. */
export async function contractFiles(): Promise<Record<string, string>> {
  // Routes are registered, never called: neither a store nor the time is needed.
  const app = await buildApp({ config: loadConfig({ LOG_LEVEL: 'silent' }), storage: {} as Storage, clock: () => 0 })
  try {
    await app.ready()
    return await filesOf(app.swagger())
  } finally {
    await app.close()
  }
}

async function filesOf(document: object): Promise<Record<string, string>> {
  const named = { rootTypes: true, rootTypesNoSchemaPrefix: true }
  const types = await openapiTypes(withoutExamples(document) as OpenAPI3, named)
  return {
    'openapi.yaml': `# ${HEADER}\n${yamlOf(document)}`,
    'src/client/api.ts': `// ${HEADER}\n${astToString(types)}`,
    'src/docs/postman-collection.json': `${JSON.stringify(await postmanCollection(document), null, 2)}\n`,
  }
}

/** Examples are for documentation: they would be a quarter of the client's package. */
function withoutExamples(document: object): object {
  const text = JSON.stringify(document, (name, value: unknown) => (/^examples?$/.test(name) ? undefined : value))
  return JSON.parse(text) as object
}

/** Quotes what readers of YAML 1.1, of which there are many, would take for a date, a number or a boolean. */
function yamlOf(value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' })
  visit(document, {
    Scalar: (_, scalar) => {
      // `compat` alone is not enough: its notion of a timestamp is shared, and test runners change it.
      if (typeof scalar.value === 'string' && /^\d{4}-/.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE
    },
  })
  return document.toString({ lineWidth: 120 })
}
