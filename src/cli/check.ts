/** Holds the values of a command against the API's own schema of them. */
import type { TSchema, Static } from '@sinclair/typebox'
import { Ajv } from 'ajv'
import { ApiError, type Fault } from '../errors.js'
import { AJV_OPTIONS, faultsOf } from '../http/validation.js'

/** Members whose option is not called after them. */
const OPTIONS: Readonly<Record<string, string>> = {
  clientId: 'id',
  userId: 'exotel-user',
  appliesFrom: 'from',
  schedule: 'set',
}
/** Not to be shown again, by what they are. */
const SECRETS: Readonly<Record<string, string>> = { exotelToken: 'Exotel token', apiToken: 'Exotel API token' }
/** A member whose own members are options of their own. */
const NESTED = 'exotelApi'

type Body = Readonly<Record<string, unknown>>

/**
 * Does what the values of a body are for, if they are as the API wants them.
 * @throws Error that names the options at fault, whether the schema refuses them or whoever takes them
 */
export async function withChecked<S extends TSchema, T>(
  schema: S,
  body: Body,
  work: (body: Static<S>) => Promise<T>,
): Promise<T> {
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
  // How wide a number is says nothing that its bounds do not.
  const validate = new Ajv({ ...AJV_OPTIONS, formats: { int32: true } }).compile(schema)
  if (!validate(given))
    throw refused(faultsOf(validate.errors as NonNullable<typeof validate.errors>, 'body').faults, given)
  try {
    return await work(given)
  } catch (error) {
    throw error instanceof ApiError && error.faults.length > 0 ? refused(error.faults, given) : error
  }
}

function refused(faults: readonly Fault[], body: Body): Error {
  const sentences = faults.map(({ pointer, message }) => `${subjectOf(pointer, body)} ${message}`)
  return new Error(`${sentences.join('; ')}.`)
}

/** The option that a pointer leads to, and what was given there. */
function subjectOf(pointer: string, body: Body): string {
  const path = pointer.split('/').slice(1)
  const isNested = path[0] === NESTED
  const [name = '', ...rest] = isNested ? path.slice(1) : path
  if (SECRETS[name] !== undefined) return `The ${SECRETS[name]}`
  const given = isNested ? (body[NESTED] as Body) : body
  const value = rest.reduce<unknown>((inner, step) => (inner as Body)[step], given[name])
  const option = OPTIONS[name] ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return `--${option} ${JSON.stringify(value)}`
}
