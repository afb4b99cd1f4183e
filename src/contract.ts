/** The contract as a document, made from the routes' own schemas. */
import { Document, Scalar, visit } from 'yaml'
import { buildApp } from './app.js'
import { loadConfig } from './config.js'
import type { Storage } from './storage/port/storage.js'

export async function contractDocument(): Promise<object> {
  // Routes are registered, never called: neither a store nor the time is needed.
  const app = await buildApp({ config: loadConfig({ LOG_LEVEL: 'silent' }), storage: {} as Storage, clock: Date.now })
  try {
    return app.swagger()
  } finally {
    await app.close()
  }
}

/** Quotes what readers of YAML 1.1, of which there are many, would take for a date, a number or a boolean. */
export function yamlOf(value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' })
  visit(document, {
    Scalar: (_, scalar) => {
      // `compat` alone is not enough: its notion of a timestamp is shared, and test runners change it.
      if (typeof scalar.value === 'string' && /^\d{4}-/.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE
    },
  })
  return document.toString({ lineWidth: 120 })
}
