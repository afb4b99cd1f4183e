import type { AllAnalytics, ClientList } from '../../schemas/admin.js'
import { localSlot, monthOf } from '../core/calendar.js'
import { utilizationPercent } from '../core/report.js'
import type { ClientListing, ClientWindow, Storage } from '../storage/port.js'

interface ClientUse {
  readonly client: ClientListing
  readonly totalCalls: number
  readonly totalDuration: number
  readonly callsThisMonth: number
}

/** Part of a list of clients, and where the next part starts; null after the last. */
export interface ClientPart<T> {
  readonly clients: T
  readonly nextAfter: string | null
}

/** All clients, for the operator. */
export class AdminService {
  readonly #storage: Storage
  /** Epoch milliseconds. */
  readonly #clock: () => number

  constructor({ storage, clock }: { readonly storage: Storage; readonly clock: () => number }) {
    this.#storage = storage
    this.#clock = clock
  }

  async clients(window: ClientWindow): Promise<ClientPart<ClientList>> {
    const { uses, nextAfter } = await this.#uses(window)
    const clients = uses.map(({ client, callsThisMonth }) => ({
      clientId: client.clientId,
      name: client.name,
      plan: client.plan,
      callsThisMonth,
      limit: client.monthlyLimit,
      apiKey: client.apiKeyHint ?? '',
    }))
    return { clients, nextAfter }
  }

  async analytics(window: ClientWindow): Promise<AllAnalytics> {
    const [{ uses, nextAfter }, all] = await Promise.all([this.#uses(window), this.#storage.allClientsSum()])
    return {
      clients: uses.map(({ client, totalCalls, totalDuration, callsThisMonth }) => ({
        clientId: client.clientId,
        clientName: client.name,
        plan: client.plan,
        totalCalls,
        totalDuration,
        callsThisMonth,
        limit: client.monthlyLimit,
        utilizationPercent: utilizationPercent(callsThisMonth, client.monthlyLimit),
      })),
      totalClients: all.clients,
      totalCallsAllClients: all.calls,
      nextAfter,
    }
  }

  /** Clients by id, each with the month that its own zone is in: around midnight they differ. */
  async #uses({ after, limit }: ClientWindow): Promise<{ uses: readonly ClientUse[]; nextAfter: string | null }> {
    const now = this.#clock()
    const listed = await this.#storage.allClients({ after, limit: limit + 1 })
    const clients = listed.slice(0, limit).map((client) => {
      return { client, month: monthOf(localSlot(client.timezone, now).date) }
    })
    const earliest = clients.map(({ month }) => month).sort()[0] ?? ''
    const totals = await this.#storage.allClientTotals({ after, limit }, earliest)
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
}
