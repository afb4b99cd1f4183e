/** Writes the contract and the client's types from the schemas: `npm run openapi`, from the root of the project. */
import { writeFile } from 'node:fs/promises'
import { contractFiles } from './contract.js'

for (const [path, text] of Object.entries(await contractFiles())) {
  await writeFile(path, text)
  console.log(`wrote ${path}`)
}
