/**
 * `ribbon set-aside`: writes that were acknowledged and could not be applied, which the embedded store keeps whole.
 */
import type { Command } from '@commander-js/extra-typings'
import { formatInstant } from '../core/calendar.js'
import type { SetAsideWrite } from '../storage/port/set-aside.js'
import type { Surroundings } from './surroundings.js'
import { UsageError } from './usage.js'

/** More than anybody reads; what is beyond is told. */
const MOST_LISTED = 1000

export function addSetAside(program: Command, here: Surroundings): void {
  const setAside = program
    .command('set-aside')
    .description('writes that were acknowledged and could not be applied: list them, try them again')
  setAside
    .command('list')
    .description('list them whole')
    .option('--json', 'print JSON')
    .action(async ({ json }) => {
      const [{ withStore }, { printList }] = await Promise.all([import('./store.js'), import('./print.js')])
      await withStore(here, async (storage) => {
        const writes = await storage.setAsideWrites(MOST_LISTED + 1)
        const columns = {
          ID: ({ id }: SetAsideWrite) => id,
          'SET ASIDE': ({ at }: SetAsideWrite) => formatInstant(at),
          METHOD: ({ method }: SetAsideWrite) => method,
          ERROR: ({ error }: SetAsideWrite) => error,
          ARGUMENTS: ({ args }: SetAsideWrite) => args,
        }
        printList(here, writes.slice(0, MOST_LISTED), columns, { json, empty: 'Nothing is set aside.' })
        if (writes.length > MOST_LISTED) here.console.error(`There are more than ${String(MOST_LISTED)}.`)
      })
    })
  setAside
    .command('retry [id]')
    .description('try to apply them again: all, or one')
    .action(async (id) => {
      if (id !== undefined && !/^\d{1,15}$/.test(id))
        throw new UsageError('An id is a number: see ribbon set-aside list.')
      const { withStore } = await import('./store.js')
      await withStore(here, async (storage) => {
        const all = async () => (await storage.setAsideWrites(MOST_LISTED)).map((write) => write.id)
        const wanted = id === undefined ? await all() : [Number(id)]
        let applied = 0
        for (const one of wanted) if (await storage.retrySetAside(one)) applied += 1
        const sentence = `Applied ${String(applied)} of ${String(wanted.length)}.`
        if (applied < wanted.length) throw new Error(sentence)
        here.console.log(sentence)
      })
    })
}
