/**
 * The storage port: all that services know of a database, one file a subject. Times are epoch milliseconds UTC, ranges half-open
 * `[from, to)`, dates local `YYYY-MM-DD` in the client's own zone. Every method is about the one client that it names, and can
 * neither read nor touch another's rows; those named `allClients…` and the key lookup are about all.
 *
 * Any method may reject with `StorageUnavailable` (try again) and nothing else that a caller could have caused.
 */
import type { StoreFigures, StoreMeasures } from '../figures.js'
import type { AgentStorage } from './agents.js'
import type { AuditStorage } from './audit-log.js'
import type { BusinessHoursStorage } from './business-hours.js'
import type { CallbackStorage } from './callbacks.js'
import type { CallStorage } from './calls.js'
import type { ChangeStorage } from './changes.js'
import type { CheckStorage } from './check.js'
import type { ClientStorage } from './clients.js'
import type { CustomerStorage } from './customers.js'
import type { EventStorage } from './events.js'
import type { ExportStorage } from './exports.js'
import type { KeyStorage } from './keys.js'
import type { MissedCallStorage } from './missed-calls.js'
import type { PlacedCallStorage } from './placed-calls.js'
import type { PrivacyStorage } from './privacy.js'
import type { QuestionStorage } from './questions.js'
import type { ReconciliationStorage } from './reconciliations.js'
import type { ReportStorage } from './reports.js'
import type { RetentionStorage } from './retention.js'
import type { SetAsideStorage } from './set-aside.js'
import type { WebhookStorage } from './webhooks.js'

export interface StorageStatus {
  /**
   * Since when writing has been impossible while reading goes on; null while all is well. Reads then answer from what was
   * committed before.
   */
  readonly behindSince: number | null
}

export interface Storage
  extends
    EventStorage,
    ChangeStorage,
    CallStorage,
    ExportStorage,
    ReportStorage,
    QuestionStorage,
    MissedCallStorage,
    CustomerStorage,
    AgentStorage,
    ClientStorage,
    KeyStorage,
    BusinessHoursStorage,
    CallbackStorage,
    PlacedCallStorage,
    ReconciliationStorage,
    RetentionStorage,
    PrivacyStorage,
    AuditStorage,
    CheckStorage,
    SetAsideStorage,
    WebhookStorage {
  /** Known without asking the database. */
  status(): StorageStatus
  /** What waits and what is in use, known without asking the database. */
  figures(): StoreFigures
  /** What the database is asked for, beside `figures`: it can take as long as any read. */
  measure(): Promise<StoreMeasures>
  /** Resolves when the store answers; rejects when it does not. Waits for no commit. */
  ping(): Promise<void>
  /** Commits what was accepted, then lets go of everything. */
  close(): Promise<void>
}
