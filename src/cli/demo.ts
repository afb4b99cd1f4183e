/** `ribbon demo`: a server with something to look at. */
import type { Command } from '@commander-js/extra-typings'

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('serve made-up calls from a scratch database, and list what to look at')
    .action(async () => {
      const { serveDemo } = await import('../demo/serve.js')
      return serveDemo(process.env)
    })
}
