/** `ribbon reconcile`: compares a client's calls with Exotel's records, on a running server. */
import type { Command } from '@commander-js/extra-typings'
import type { Surroundings } from './surroundings.js'

const TOKEN = { name: 'admin token', fileOption: '--admin-token-file', variable: 'ADMIN_TOKEN' }

export function addReconcile(program: Command, here: Surroundings): void {
  program
    .command('reconcile')
    .description(
      `have a running server compare a client’s calls with Exotel’s own records and take in what was missed, and show what differed; the admin token is asked for, unless it is in a file or in ${TOKEN.variable}. The server goes on with it if this command is ended`,
    )
    .requiredOption('--client <client>', 'whose calls')
    .option(
      '--from <time>',
      'start of the range: a date or a date-time, in the client’s time zone; a day before its end unless told',
    )
    .option('--to <time>', 'end of the range, included; now unless told')
    .option('--url <url>', 'the server; the one that the environment describes, on this machine, unless told')
    .option('--admin-token-file <path>', 'a file with an admin token; - is standard input')
    .option('--json', 'print JSON')
    .action(async ({ client, from, to, url, adminTokenFile, json }) => {
      const [{ reconcile }, { readSecret }, { originOf }] = await Promise.all([
        import('./reconcile-run.js'),
        import('./secret.js'),
        import('./server.js'),
      ])
      const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
      const adminToken = await readSecret(here, { ...TOKEN, file: adminTokenFile })
      await reconcile(here, { origin: originOf(here, url), adminToken, clientId: client, range, json })
    })
}
