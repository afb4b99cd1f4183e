import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { contractDocument, yamlOf } from '../src/contract.js'
import { postmanCollection } from './postman.js'

const HEADER = 'Generated from the schemas by `npm run openapi`: edit those.'

/** The files that the schemas generate, by path from the root of the project. */
export async function contractFiles(): Promise<Record<string, string>> {
  const document = await contractDocument()
  // What has a default need not be sent.
  const options = { rootTypes: true, rootTypesNoSchemaPrefix: true, defaultNonNullable: false }
  const types = await openapiTypes(withoutExamples(document) as OpenAPI3, options)
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
