import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { contractDocument, yamlOf } from '../src/contract.js'

const HEADER = 'Generated from the schemas by `npm run openapi`: edit those.'

/** The files that the schemas generate, by path from the root of the project. */
export async function contractFiles(): Promise<Record<string, string>> {
  const document = await contractDocument()
  const types = await openapiTypes(document as OpenAPI3)
  return {
    'openapi.yaml': `# ${HEADER}\n${yamlOf(document)}`,
    'src/client/api.ts': `// ${HEADER}\n${astToString(types)}`,
  }
}
