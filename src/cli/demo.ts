/** `ribbon demo`: a server with something to look at. */
import type { Command } from '@commander-js/extra-typings'
import type { Surroundings } from './surroundings.js'

export function addDemo(program: Command, { env }: Surroundings): void {
  program
    .command('demo')
    .description('serve made-up calls from a scratch database, and list what to look at')
    .action(async () => {
      const { serveDemo } = await import('../demo/serve.js')
      return serveDemo(env)
    })
}
