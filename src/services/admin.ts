import type { AllAnalytics, ClientList } from '../../schemas/admin.js'
import type { AuditLogPage, AuditLogQuery } from '../../schemas/audit-log.js'
import { utilizationPercent } from '../core/report.js'
import type { ClientWindow } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import { auditLogPage } from './audit-log.js'
import { clientUses } from './client-use.js'

/** Part of a list of clients, and where the next part starts; null after the last. */
interface ClientPart<T> {
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
      status: client.status,
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

  auditLog(query: AuditLogQuery): Promise<AuditLogPage> {
    return auditLogPage(this.#storage, query)
  }

  #uses(window: ClientWindow): ReturnType<typeof clientUses> {
    return clientUses(this.#storage, window, this.#clock())
  }
}
