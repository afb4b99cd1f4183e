/**
 * What is counted and measured, by Prometheus's conventions: base units, and labels that take few values. No label ever holds
 * a client, a number or a key. How figures of several processes add up is the `aggregator`: a sum unless told.
 */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** Seconds: from what a look-up takes to what a read may. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** Seconds: what a disk takes. */
const DISK_SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const EVENTS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1000]

/** Of what all processes see alike, and only one has to say. */
const SHARED = { aggregator: 'max' } as const

export function define(registry: Registry) {
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers })
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name, help, labelNames, registers })
  const shared = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name, help, labelNames, registers, ...SHARED })
  const histogram = <L extends string>(name: string, help: string, buckets: number[], ...labelNames: L[]) =>
    new Histogram({ name, help, labelNames, buckets, registers })
  return {
    processes: gauge('ribbon_processes', 'Server processes that answered this scrape.'),
    build: shared('ribbon_build_info', 'The version that runs.', 'version', 'node'),
    certificateEnds: shared(
      'ribbon_tls_certificate_expiry_timestamp_seconds',
      'When the certificate ends that new connections get.',
    ),

    requests: counter(
      'ribbon_http_requests_total',
      'Requests that were answered, by route and status.',
      'method',
      'route',
      'status',
    ),
    requestSeconds: histogram(
      'ribbon_http_request_duration_seconds',
      'From a request’s headers to the end of its answer, streams of events aside.',
      SECONDS,
      'method',
      'route',
    ),
    inFlight: gauge('ribbon_http_requests_in_flight', 'Requests that are being answered, streams of events included.'),
    refusals: counter('ribbon_http_problems_total', 'Answers that were problems, by the problem’s code.', 'code'),
    limitsShared: new Gauge({
      name: 'ribbon_rate_limit_store_up',
      help: 'Whether Redis counts rate limits; while it is 0 each process counts by itself.',
      registers,
      aggregator: 'min',
    }),

    events: counter(
      'ribbon_events_total',
      'Events by who reported them and what became of them: recorded, repeat, refused, failed, unavailable.',
      'source',
      'outcome',
    ),
    queueEvents: gauge('ribbon_ingest_queue_events', 'Events that wait to be recorded, or are being.'),
    queueBytes: gauge('ribbon_ingest_queue_bytes', 'Bytes of these events.'),
    batchEvents: histogram('ribbon_ingest_batch_events', 'Events that were recorded together.', EVENTS),
    batchSeconds: histogram(
      'ribbon_ingest_batch_duration_seconds',
      'What it took to make a batch durable: its write to the log, or its commit on PostgreSQL.',
      SECONDS,
    ),

    ready: new Gauge({
      name: 'ribbon_store_ready',
      help: 'Whether the store answered within half a second.',
      registers,
      aggregator: 'min',
    }),
    behindSeconds: shared(
      'ribbon_store_behind_seconds',
      'For how long reads have been answered from what was committed before; 0 while all is well.',
    ),
    commitSeconds: histogram(
      'ribbon_store_commit_duration_seconds',
      'Commits of the embedded store, which apply what its log holds.',
      SECONDS,
    ),
    logWriteSeconds: histogram(
      'ribbon_store_log_write_duration_seconds',
      'Writes to the log of the embedded store, until they are on disk.',
      DISK_SECONDS,
    ),
    checkpointSeconds: histogram(
      'ribbon_store_checkpoint_duration_seconds',
      'Checkpoints of the embedded store.',
      SECONDS,
    ),
    checkpointFailures: counter('ribbon_store_checkpoint_failures_total', 'Checkpoints that failed.'),
    slowStatements: counter(
      'ribbon_store_slow_statements_total',
      'Slow statements that were logged: each text at most once an hour.',
    ),
    databaseBytes: shared('ribbon_store_database_bytes', 'Size of the database.'),
    freeBytes: shared('ribbon_store_database_free_bytes', 'What of the database file is free to be used again.'),
    logBytes: shared('ribbon_store_log_bytes', 'Size of the log and of SQLite’s write-ahead log.'),
    damagedLogs: shared(
      'ribbon_store_damaged_log_files',
      'Files of the log that were damaged when the store was opened, and are kept until somebody takes them away.',
    ),
    diskFreeBytes: shared('ribbon_store_disk_free_bytes', 'Free space on the disk of the database file.'),
    setAside: shared('ribbon_store_set_aside_writes', 'Writes that were acknowledged and cannot be applied.'),
    readsRunning: gauge('ribbon_store_reads_running', 'Reads that are under way.'),
    readsMost: gauge('ribbon_store_reads_limit', 'Reads that can be under way at once.'),
    readsWaiting: gauge('ribbon_store_reads_waiting', 'Reads that wait for their turn.'),
    connections: gauge('ribbon_store_connections', 'Connections to PostgreSQL.', 'state'),
    connectionsWaiting: gauge('ribbon_store_connections_waiting', 'Transactions that wait for a connection.'),
    standbyWait: shared(
      'ribbon_store_standby_wait_seconds',
      'For how long the commit has waited for a synchronous standby that has waited longest; 0 while none waits.',
    ),
    clockSkew: shared('ribbon_clock_skew_seconds', 'By how much PostgreSQL’s clock is ahead of this machine’s.'),

    jobRuns: counter(
      'ribbon_job_runs_total',
      'Sweeps over all clients, by what is done and how it ended.',
      'task',
      'outcome',
    ),
    jobSuccess: shared('ribbon_job_last_success_timestamp_seconds', 'When a sweep last ended well.', 'task'),
    jobRows: counter('ribbon_job_rows_total', 'Rows that sweeps removed, or pages that they built.', 'task'),

    streams: gauge('ribbon_streams_open', 'Streams of events that are open.'),
    streamMessages: counter('ribbon_stream_messages_total', 'Messages on streams.'),
    streamsLetGo: counter(
      'ribbon_streams_let_go_total',
      'Streams that were ended because their readers were too far behind.',
    ),

    webhookEndpoints: shared(
      'ribbon_webhook_endpoints',
      'Webhook endpoints of all clients: active, paused by somebody, or failed: paused by the server.',
      'state',
    ),
    webhookWaiting: shared('ribbon_webhook_messages_waiting', 'Webhook messages that wait to be sent again.'),
    webhookParked: shared('ribbon_webhook_messages_parked', 'Webhook messages that were given up.'),
    webhookOldest: shared(
      'ribbon_webhook_oldest_waiting_seconds',
      'Since when the message was first tried that has waited longest.',
    ),
    deliveries: counter('ribbon_webhook_deliveries_total', 'Tries to deliver webhook messages.', 'outcome'),
    deliverySeconds: histogram(
      'ribbon_webhook_delivery_duration_seconds',
      'Tries to deliver webhook messages.',
      SECONDS,
    ),
  }
}
