/** Spans by OpenTelemetry, sent to a collector over OTLP/HTTP. Loaded only where an endpoint is configured. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Context, defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT, SpanKind } from '@opentelemetry/api'
import { type Span, SpanStatusCode, trace, type Tracer as OtelTracer } from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { TracesConfig } from '../config.js'
import type { Storage } from '../storage/port/storage.js'
import type { Attributes, OpenSpan, Tracing } from '../tracing.js'
import { VERSION } from '../version.js'

/** What is asked of a store many times a second whoever asks, and of no request's time. */
const UNTRACED: ReadonlySet<unknown> = new Set(['figures', 'status', 'onRecorded', 'ping', 'measure', 'close'])

/** How long the last spans may take. */
const CLOSE_MS = 1000

const propagator = new W3CTraceContextPropagator()

export class Tracer implements Tracing {
  readonly #provider: BasicTracerProvider
  readonly #tracer: OtelTracer
  /** The context that is current: of a request, or of what it asks for. */
  readonly #current = new AsyncLocalStorage<Context>()

  constructor({ endpoint, serviceName }: TracesConfig) {
    this.#provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': VERSION }),
      spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }))],
    })
    this.#tracer = this.#provider.getTracer('exotel-call-ribbon-api', VERSION)
  }

  /** Begins the span of a request, of the caller's trace where it names one. */
  request(method: string, headers: Readonly<Record<string, unknown>>): RequestSpan {
    const caller = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)
    const attributes = { 'http.request.method': method }
    const span = this.#tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, caller)
    const context = trace.setSpan(caller, span)
    return {
      within: (work) => {
        this.#current.run(context, work)
      },
      end: (route, status, requestId) => {
        span.updateName(`${method} ${route}`)
        span.setAttributes({ 'http.route': route, 'http.response.status_code': status, 'request.id': requestId })
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      },
    }
  }

  readonly span = <T>(name: string, attributes: Attributes, work: (span: OpenSpan) => Promise<T>): Promise<T> =>
    this.#within(this.#current.getStore() ?? ROOT_CONTEXT, name, attributes, SpanKind.CLIENT, work)

  /** The same store, whose methods are spans of the requests that call them. */
  store(storage: Storage, system: 'sqlite' | 'postgresql'): Storage {
    return new Proxy(storage, {
      get: (target, name, receiver) => {
        const member: unknown = Reflect.get(target, name, receiver)
        if (typeof member !== 'function' || UNTRACED.has(name)) return member
        const method = member as (...args: unknown[]) => Promise<unknown>
        return (...args: unknown[]): Promise<unknown> => {
          const parent = this.#current.getStore()
          if (parent === undefined) return method.apply(target, args)
          const attributes = { 'db.system.name': system, 'db.operation.name': String(name) }
          return this.#within(parent, `store ${String(name)}`, attributes, SpanKind.INTERNAL, () =>
            method.apply(target, args),
          )
        }
      },
    })
  }

  /** Sends what is still to be sent, if a collector takes it: one that is gone would be tried for longer than a server may take to end. */
  async close(): Promise<void> {
    const isOver = this.#provider.shutdown().catch(() => undefined)
    await Promise.race([isOver, sleep(CLOSE_MS, undefined, { ref: false })])
  }

  async #within<T>(
    parent: Context,
    name: string,
    attributes: Attributes,
    kind: SpanKind,
    work: (span: OpenSpan) => Promise<T>,
  ): Promise<T> {
    const span: Span = this.#tracer.startSpan(name, { kind, attributes }, parent)
    const context = trace.setSpan(parent, span)
    const headers: Record<string, string> = {}
    propagator.inject(context, headers, defaultTextMapSetter)
    const open = { headers, note: span.setAttributes.bind(span) }
    return this.#current
      .run(context, async () => work(open))
      .catch((error: unknown) => {
        // Its message may quote what a caller sent.
        span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name })
        throw error
      })
      .finally(() => {
        span.end()
      })
  }
}

export interface RequestSpan {
  /** Does work as a part of the request. */
  readonly within: (work: () => void) => void
  readonly end: (route: string, status: number, requestId: string) => void
}
