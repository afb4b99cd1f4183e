import { localSlot, monthOf } from '../core/calendar.js'
import type { ClientListing, ClientWindow } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'

interface ClientUse {
  readonly client: ClientListing
  readonly totalCalls: number
  readonly totalDuration: number
  readonly callsThisMonth: number
}

/** Clients by id, each with the month that its own zone is in: around midnight they differ. */
export async function clientUses(
  storage: Pick<Storage, 'allClients' | 'allClientTotals'>,
  { after, limit }: ClientWindow,
  now: number,
): Promise<{ readonly uses: readonly ClientUse[]; readonly nextAfter: string | null }> {
  const listed = await storage.allClients({ after, limit: limit + 1 })
  const clients = listed.slice(0, limit).map((client) => {
    return { client, month: monthOf(localSlot(client.timezone, now).date) }
  })
  const earliest = clients.map(({ month }) => month).sort()[0] ?? ''
  const totals = await storage.allClientTotals({ after, limit }, earliest)
  const byClient = new Map(totals.map((total) => [total.clientId, total]))
  const uses = clients.map(({ client, month }) => {
    const total = byClient.get(client.clientId)
    return {
      client,
      totalCalls: total?.calls ?? 0,
      totalDuration: total?.seconds ?? 0,
      callsThisMonth: total?.callsByMonth[month] ?? 0,
    }
  })
  return { uses, nextAfter: listed.length > limit ? (uses.at(-1) as ClientUse).client.clientId : null }
}
