/** `ribbon callbacks`: what Exotel reports. */
import type { Command } from '@commander-js/extra-typings'
import type { CallbackSummary } from '../../schemas/exotel-callbacks.js'
import type { Surroundings } from './surroundings.js'

type Counted = CallbackSummary['callbacks'][number]
type Odd = CallbackSummary['oddities'][number]

const KEY = { name: 'callback key', fileOption: '--key-file', variable: 'CALLBACK_KEY' }

export function addCallbacks(program: Command, here: Surroundings): void {
  const callbacks = program.command('callbacks').description('see what Exotel has sent, and try whether it arrives')
  callbacks
    .command('list <client>')
    .description('count the callbacks of each kind, and show what was odd about them; a second may be missing')
    .option('--json', 'print JSON')
    .action(async (clientId, { json }) => {
      const [{ withStore }, { printJson, printList }, { callbackSummary }] = await Promise.all([
        import('./store.js'),
        import('./print.js'),
        import('../services/callback-summary.js'),
      ])
      await withStore(here, async (storage) => {
        const summary = await callbackSummary(storage, clientId)
        if (json === true) {
          printJson(here, summary)
          return
        }
        const counts = {
          CALLBACK: ({ event }: Counted) => event,
          RECEIVED: ({ received }: Counted) => received,
          REPEATED: ({ repeated }: Counted) => repeated,
          FIRST: ({ firstAt }: Counted) => firstAt,
          LAST: ({ lastAt }: Counted) => lastAt,
          'LOG ID': ({ lastLogId }: Counted) => lastLogId,
        }
        printList(here, summary.callbacks, counts, { json, empty: '' })
        const oddities = {
          CALLBACK: ({ event }: Odd) => event,
          'WHAT IS ODD': ({ kind }: Odd) => kind,
          MEMBER: ({ what }: Odd) => what,
          TIMES: ({ times }: Odd) => times,
          FIRST: ({ firstAt }: Odd) => firstAt,
          LAST: ({ lastAt }: Odd) => lastAt,
          'LOG ID': ({ logId }: Odd) => logId,
        }
        here.console.log('')
        printList(here, summary.oddities, oddities, { json, empty: 'Nothing was odd about them.' })
      })
    })
  callbacks
    .command('try [client]')
    .description(
      `send a made-up callback of each kind to a server, and say what became of its call, where the client is named; the callback key is asked for, unless it is in a file or in ${KEY.variable}. The calls stay: use a client for tests`,
    )
    .option('--url <url>', 'the server; the one that the environment describes, on this machine, unless told')
    .option('--key-file <path>', 'a file with the callback key; - is standard input')
    .option('--json', 'print JSON')
    .action(async (clientId, { url, keyFile, json }) => {
      const [{ tryCallbacks }, { readSecret }] = await Promise.all([
        import('./try-callbacks.js'),
        import('./secret.js'),
      ])
      const key = await readSecret(here, { ...KEY, file: keyFile })
      await tryCallbacks(here, { clientId: clientId ?? null, url, key, json })
    })
}
