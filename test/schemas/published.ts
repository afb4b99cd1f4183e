import type { TSchema } from '@sinclair/typebox'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import * as admin from '../../schemas/admin.js'
import * as analyticsAnswer from '../../schemas/analytics-answer.js'
import * as analyticsQuery from '../../schemas/analytics-query.js'
import * as analytics from '../../schemas/analytics.js'
import * as callLog from '../../schemas/call-log.js'
import * as call from '../../schemas/call.js'
import * as calls from '../../schemas/calls.js'
import * as client from '../../schemas/client.js'
import * as common from '../../schemas/common.js'
import * as config from '../../schemas/config.js'
import * as customer from '../../schemas/customer.js'
import * as customers from '../../schemas/customers.js'
import * as exported from '../../schemas/export.js'
import * as health from '../../schemas/health.js'
import * as init from '../../schemas/init.js'
import * as logCall from '../../schemas/log-call.js'
import * as logCalls from '../../schemas/log-calls.js'
import * as problems from '../../schemas/problems.js'

const modules = {
  admin,
  analytics,
  analyticsAnswer,
  analyticsQuery,
  callLog,
  call,
  calls,
  client,
  common,
  config,
  customer,
  customers,
  exported,
  health,
  init,
  logCall,
  logCalls,
  problems,
}

/** Every schema that a file of `schemas/` exports, by its export name. */
export const schemas: Readonly<Record<string, TSchema>> = Object.fromEntries(
  Object.values(modules)
    .flatMap((module) => Object.entries<unknown>(module))
    .filter((entry): entry is [string, TSchema] => entry[0].endsWith('Schema')),
)

// Schemas that share components are compiled one after the other: none may be registered under its id.
const ajv = addFormats.default(new Ajv2020({ allErrors: true, allowUnionTypes: true, addUsedSchema: false }))

/** The faults of a value as `pointer message`, all of them; empty when it fits. Coerces nothing, strips nothing. */
export function faultsOf(schema: object, value: unknown): string[] {
  const validate = ajv.compile(withoutIds(schema) as object)
  validate(value)
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${String(error.message)}`)
}

/** A component may stand in several places of a schema: by itself, none of them is another’s reference. */
function withoutIds(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema, (name, value: unknown) => (name === '$id' ? undefined : value)))
}
