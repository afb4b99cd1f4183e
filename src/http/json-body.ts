import { isUtf8 } from 'node:buffer'
import type { FastifyBodyParser, FastifyInstance, FastifyRequest } from 'fastify'
import { shown } from '../core/json.js'
import { ApiError, invalid } from '../errors.js'

/** A `charset` that is not UTF-8, and its name. */
const OTHER_CHARSET = /;\s*charset\s*=\s*(?!"?utf-?8"?\s*(?:;|$))"?([^\s;"]*)/i

/** Calls back with the value of a text, or with why it is refused: at once, unless it is refused. */
export type ReadJson = (text: string, done: (error: Error | null, value?: unknown) => void) => void

/** Parses a body of JSON: see `jsonReader`. Text that is not UTF-8 is refused, too. */
export function jsonParser(app: FastifyInstance): FastifyBodyParser<Buffer> {
  const read = jsonReader(app)
  return (request, bytes, done) => {
    const refused = otherCharset(request) ?? notUtf8(bytes)
    if (refused !== null) done(refused)
    else read(bytes.toString(), done)
  }
}

/** @returns why a request is refused whose type names another encoding than UTF-8; null when it does not */
export function otherCharset({ headers }: FastifyRequest): ApiError | null {
  const [, charset] = OTHER_CHARSET.exec(String(headers['content-type'])) ?? []
  if (charset === undefined) return null
  const detail = `The Content-Type says charset=${shown(charset)}: send JSON in UTF-8, with Content-Type: application/json.`
  return new ApiError('unsupported_media_type', detail)
}

/** @param what these bytes are, to begin a sentence */
export function notUtf8(bytes: Buffer, what = 'The body'): ApiError | null {
  return isUtf8(bytes)
    ? null
    : new ApiError('invalid_json', `${what} is not UTF-8: JSON is sent in UTF-8, encode it so.`)
}

/**
 * The framework's own parser of JSON, which refuses members that would poison a prototype; it says where and why it refuses.
 * It also refuses what would be kept otherwise than it was sent: a member that is named twice, and a whole number that
 * JavaScript rounds.
 */
export function jsonReader(app: FastifyInstance): ReadJson {
  const parse = app.getDefaultJsonParser('error', 'error')
  // It looks at no request.
  const none = {} as FastifyRequest
  return (text, done) => {
    void parse(none, text, (error, value) => {
      if (error !== null) void jsonFaultOf(text).then(done)
      else if (mayBeAltered(text, value)) {
        void alterationsOf(text).then((refused) => {
          done(refused, value)
        })
      } else done(null, value)
    })
  }
}

/** Why a text is no JSON. What finds the fault is loaded for the first text that has one. */
export async function jsonFaultOf(text: string): Promise<ApiError> {
  const { jsonFault } = await import('./json-fault.js')
  return new ApiError('invalid_json', jsonFault(text))
}

async function alterationsOf(text: string): Promise<ApiError | null> {
  const { alterations } = await import('./json-alterations.js')
  const faults = alterations(text)
  return faults.length === 0 ? null : invalid(faults)
}

const QUOTE = 0x22
const SPACE = 0x20

/**
 * Whether a text may say more than its value holds, which a closer look tells. A look at each colon and each member costs less
 * than a hundredth of what an event costs, where a second parser would cost several. A name ends in a quote before a colon;
 * a text that begins with a colon looks the same, so names are never counted too few.
 */
function mayBeAltered(text: string, value: unknown): boolean {
  let names = 0
  for (let colon = text.indexOf(':'); colon !== -1; colon = text.indexOf(':', colon + 1)) {
    let before = colon - 1
    while (text.charCodeAt(before) <= SPACE) before -= 1
    if (text.charCodeAt(before) === QUOTE) names += 1
  }
  let rounded = 0
  // Not by recursion: a body may be nested as deeply as it is long.
  const open: object[] = []
  const look = (member: unknown): void => {
    if (typeof member === 'number') rounded += Number(Math.abs(member) > Number.MAX_SAFE_INTEGER)
    else if (typeof member === 'object' && member !== null) open.push(member)
  }
  look(value)
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (Array.isArray(one)) one.forEach(look)
    else {
      for (const name in one) {
        names -= 1
        look(one[name as never])
      }
    }
  }
  return rounded > 0 || names !== 0
}
