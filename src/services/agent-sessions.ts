import type { AgentSessionAnswer, NewAgentSessionBody } from '../../schemas/agent-session.js'
import { idOfApiKey } from '../clients/api-keys.js'
import type { ClientDirectory } from '../clients/directory.js'
import { allowsHost, foreignDomain, hostOf } from '../clients/domains.js'
import { formatInstant } from '../core/calendar.js'
import { fail } from '../errors.js'
import type { Client } from '../storage/port/clients.js'
import type { StoredApiKey } from '../storage/port/keys.js'

/** Hands out sessions to a CRM's server, for the pages of its agents. */
export class AgentSessionService {
  readonly #directory: ClientDirectory
  /** Epoch milliseconds. */
  readonly #clock: () => number

  constructor({ directory, clock }: { readonly directory: ClientDirectory; readonly clock: () => number }) {
    this.#directory = directory
    this.#clock = clock
  }

  /**
   * @param key the server's: the session ends with it
   * @throws ApiError 403 on a domain that is not the client's
   */
  async start(
    { clientId, allowedDomains }: Client,
    key: StoredApiKey,
    { agentUserId, domain: page, permissions, expiresInSeconds }: NewAgentSessionBody,
  ): Promise<AgentSessionAnswer> {
    const domain = hostOf(page)
    // A pattern is no page.
    if (domain === null || domain.includes('*') || !allowsHost(allowedDomains, domain)) {
      fail('domain_not_allowed', foreignDomain(page))
    }
    const endsAt = (Math.floor(this.#clock() / 1000) + expiresInSeconds) * 1000
    const session = { clientId, keyId: idOfApiKey(key.keyHash), agentUserId, domain, permissions, endsAt }
    const token = await this.#directory.startSession(session)
    return { token, expiresAt: formatInstant(endsAt), agentUserId, domain, permissions }
  }
}
