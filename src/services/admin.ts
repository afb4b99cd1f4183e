import type { AllAnalytics, ClientList } from '../../schemas/admin.js'
import { localSlot, monthOf } from '../core/calendar.js'
import { utilizationPercent } from '../core/report.js'
import type { ClientListing } from '../storage/port.js'
import { Service } from './service.js'

interface ClientUse {
  readonly client: ClientListing
  readonly totalCalls: number
  readonly totalDuration: number
  readonly callsThisMonth: number
}

/** All clients, for the operator. */
export class AdminService extends Service {
  async clients(): Promise<ClientList> {
    return (await this.#uses()).map(({ client, callsThisMonth }) => ({
      clientId: client.clientId,
      name: client.name,
      plan: client.plan,
      callsThisMonth,
      limit: client.monthlyLimit,
      apiKey: client.apiKeyHint,
    }))
  }

  async analytics(): Promise<AllAnalytics> {
    const uses = await this.#uses()
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
      totalClients: uses.length,
      totalCallsAllClients: uses.reduce((sum, { totalCalls }) => sum + totalCalls, 0),
    }
  }

  /** Clients by id, each with the month that its own zone is in: around midnight they differ. */
  async #uses(): Promise<readonly ClientUse[]> {
    const now = this.clock()
    const clients = (await this.storage.allClients()).map((client) => {
      return { client, month: monthOf(localSlot(client.timezone, now).date) }
    })
    const earliest = clients.map(({ month }) => month).sort()[0] ?? ''
    const totals = new Map((await this.storage.allClientTotals(earliest)).map((total) => [total.clientId, total]))
    return clients
      .sort((a, b) => (a.client.clientId < b.client.clientId ? -1 : 1))
      .map(({ client, month }) => {
        const total = totals.get(client.clientId)
        return {
          client,
          totalCalls: total?.calls ?? 0,
          totalDuration: total?.seconds ?? 0,
          callsThisMonth: total?.callsByMonth[month] ?? 0,
        }
      })
  }
}
