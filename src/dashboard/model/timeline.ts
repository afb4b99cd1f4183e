/** What happened in a call, in order, each with the time since the call began. */
import type { components } from '../../client/client.js'

type CallDetails = components['schemas']['CallDetails']

interface Moment {
  readonly key: string
  readonly event: string
  readonly at: string
  /** Whole seconds since the call began. */
  readonly afterSeconds: number
  readonly source: string
}

export function timelineOf({ call, events }: CallDetails): Moment[] {
  const began = Date.parse(call.startTime)
  return events
    .map(({ logId, event, timestamp, source }) => ({
      key: logId,
      event,
      at: timestamp,
      afterSeconds: Math.max(0, Math.round((Date.parse(timestamp) - began) / 1000)),
      source,
    }))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
