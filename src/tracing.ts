/**
 * Spans, for whoever follows a request through several systems. One tracer a process, as OpenTelemetry has it; without one
 * work is done as if nobody had asked. Attributes hold no personal data and no secrets.
 */
export type Attributes = Readonly<Record<string, string | number>>

/** A span that goes on. */
export interface OpenSpan {
  /** What carries it on to the system that is asked (W3C Trace Context). */
  readonly headers: Readonly<Record<string, string>>
  readonly note: (attributes: Attributes) => void
}

export interface Tracing {
  /** Does work within a span; what it throws makes the span one that failed. */
  readonly span: <T>(name: string, attributes: Attributes, work: (span: OpenSpan) => Promise<T>) => Promise<T>
}

const UNTRACED: OpenSpan = { headers: {}, note: () => undefined }

let tracing: Tracing | null = null

/** @param next null ends it */
export function traceWith(next: Tracing | null): void {
  tracing = next
}

/** Does work within a span, where there is a tracer. */
export function traced<T>(name: string, attributes: Attributes, work: (span: OpenSpan) => Promise<T>): Promise<T> {
  return tracing === null ? work(UNTRACED) : tracing.span(name, attributes, work)
}
