/** `ribbon openapi`: the contract, for whoever generates a client from it. */
import type { Command } from '@commander-js/extra-typings'
import type { Surroundings } from './surroundings.js'

export function addOpenapi(program: Command, { output }: Surroundings): void {
  program
    .command('openapi')
    .description('print the contract of the API, OpenAPI 3.1, as YAML')
    .option('--json', 'print it as JSON')
    .action(async ({ json }) => {
      const { contractDocument, yamlOf } = await import('../contract.js')
      const document = await contractDocument()
      output.write(json === true ? `${JSON.stringify(document, null, 2)}\n` : yamlOf(document))
    })
}
