/** `ribbon privacy`: erasing a person, and telling what is held on one. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from '@commander-js/extra-typings'
import type { Surroundings } from './surroundings.js'

const NUMBER_HELP = 'the person’s number, in any spelling'
const CUSTOMER_HELP = 'id of the customer that the person is'

export function addPrivacy(program: Command, here: Surroundings): void {
  const privacy = program.command('privacy').description('erase a person, or tell what is held on one')
  addErase(privacy, here)
  addExport(privacy, here)
  addRewrite(privacy, here)
}

function addErase(privacy: Command, here: Surroundings): void {
  privacy
    .command('erase <client>')
    .description('erase what is held on a person; calls stay as facts without one, and every total stays')
    .option('--number <number>', NUMBER_HELP)
    .option('--customer <id>', CUSTOMER_HELP)
    .option('--reason <reason>', 'why, for the audit log: nothing personal')
    .option('--json', 'print JSON')
    .action(async (clientId, { number, customer, reason, json }) => {
      const [{ withPrivacy }, { withChecked }, { ErasureBodySchema }, { printJson }] = await Promise.all([
        import('./store.js'),
        import('./check.js'),
        import('../../schemas/privacy.js'),
        import('./print.js'),
      ])
      await withPrivacy(here, async (service) => {
        const body = { phoneNumber: number, customerId: customer, reason }
        const receipt = await withChecked(ErasureBodySchema, body, (checked) => service.erase(clientId, checked))
        if (json === true) {
          printJson(here, receipt)
          return
        }
        const { calls, events, customers, subject, logsClean } = receipt
        const counts = `${String(customers)} customers, ${String(calls)} calls, ${String(events)} events`
        here.console.log(`Erased ${counts}. The audit log has it as person ${subject}.`)
        if (!logsClean) here.console.log('The log of the running server still holds it until the server writes next.')
        here.console.log('Copies may lie between the rows of the database’s files until ribbon privacy rewrite is run.')
      })
    })
}

function addExport(privacy: Command, here: Surroundings): void {
  privacy
    .command('export <client>')
    .description('write all that is held on a person, as JSON')
    .option('--number <number>', NUMBER_HELP)
    .option('--customer <id>', CUSTOMER_HELP)
    .option('--out <path>', 'the file to write, which its owner alone can read; standard output unless told')
    .action(async (clientId, { number, customer, out }) => {
      const [{ withPrivacy }, { withChecked }, { PersonBodySchema }] = await Promise.all([
        import('./store.js'),
        import('./check.js'),
        import('../../schemas/privacy.js'),
      ])
      await withPrivacy(here, async (service) => {
        const query = { phoneNumber: number, customerId: customer }
        const text = await withChecked(PersonBodySchema, query, (checked) => service.export(clientId, checked))
        if (out !== undefined) {
          await pipeline(Readable.from(text), createWriteStream(out, { mode: 0o600, flags: 'wx' }))
          here.console.log(`Wrote ${out}.`)
          return
        }
        for await (const part of text) here.output.write(part)
        here.output.write('\n')
      })
    })
}

function addRewrite(privacy: Command, here: Surroundings): void {
  privacy
    .command('rewrite')
    .description('write the database anew, without what lies unused between its rows; nobody can write meanwhile')
    .action(async () => {
      const { withStore } = await import('./store.js')
      await withStore(here, (storage) => storage.rewrite())
      here.console.log('Wrote the database anew.')
    })
}
