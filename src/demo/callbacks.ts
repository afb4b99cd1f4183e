/** Made-up callbacks of Exotel's, one call each, as its documentation shows them. */
import type { JsonObject } from '../core/json.js'
import type { CallbackEvent } from '../core/vocabulary/callbacks.js'

/** How Exotel sends a callback. */
export type Encoding = 'json' | 'form' | 'query'

export interface MadeUpCallback {
  readonly event: CallbackEvent
  readonly encoding: Encoding
  readonly callSid: string
  readonly payload: JsonObject
}

/** Exotel writes Indian time, without saying so. */
const OFFSET_MS = 5.5 * 3_600_000

/**
 * @param name what the ids of the calls begin with
 * @param now epoch milliseconds: the calls are just over
 */
export function madeUpCallbacks(name: string, now: number): readonly MadeUpCallback[] {
  const ago = (seconds: number) =>
    new Date(now - seconds * 1000 + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
  const sid = (event: CallbackEvent) => ({ event, callSid: `${name}-${event}` })
  const customer = '09876543210'
  const agent = '09812345678'
  const virtual = '08041234567'
  const made: readonly (Omit<MadeUpCallback, 'payload'> & { readonly payload: JsonObject })[] = [
    {
      ...sid('statusCallback'),
      encoding: 'json',
      payload: {
        EventType: 'terminal',
        Status: 'completed',
        DateCreated: ago(65),
        DateUpdated: ago(1),
        StartTime: ago(60),
        EndTime: ago(5),
        ConversationDuration: 42,
        Direction: 'outbound-api',
        From: agent,
        To: customer,
        PhoneNumberSid: virtual,
        Legs: [
          { OnCallDuration: 50, Status: 'completed', AnsweredBy: 'NA' },
          { OnCallDuration: 42, Status: 'completed', AnsweredBy: 'human' },
        ],
      },
    },
    {
      ...sid('integrationCallback'),
      encoding: 'form',
      payload: {
        AppUserID: 'agent-42',
        CallState: 'terminal',
        CallStatus: 'to_leg_unanswered',
        Direction: 'inbound',
        FromNumber: customer,
        ToNumber: agent,
        VirtualNumber: virtual,
        TotalDuration: '25',
        StartTime: ago(30),
        EndTime: ago(5),
      },
    },
    {
      ...sid('passthru'),
      encoding: 'query',
      payload: {
        CallFrom: customer,
        CallTo: virtual,
        CallType: 'completed',
        DialCallStatus: 'completed',
        DialWhomNumber: agent,
        Direction: 'incoming',
        StartTime: ago(60),
        EndTime: '1970-01-01 05:30:00',
        CurrentTime: ago(1),
        Legs: [{ OnCallDuration: '35', CauseCode: 'NORMAL_CLEARING' }],
      },
    },
    {
      ...sid('popup'),
      encoding: 'query',
      payload: {
        CallFrom: customer,
        CallTo: virtual,
        Created: ago(8),
        CurrentTime: ago(1),
        DialWhomNumber: agent,
        Status: 'busy',
        EventType: 'Ringing',
      },
    },
  ]
  return made.map((callback) => ({ ...callback, payload: { CallSid: callback.callSid, ...callback.payload } }))
}
