import { readFile } from 'node:fs/promises'
import t from 'tap'
import { contractFiles } from '../scripts/contract.js'

t.test('the committed contract and client types are what the schemas say', async (t) => {
  for (const [path, text] of Object.entries(await contractFiles())) {
    t.ok((await readFile(path, 'utf8')) === text, `${path} is up to date; if not: npm run openapi`)
  }
})
