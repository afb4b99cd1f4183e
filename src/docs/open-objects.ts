import { JsonValueSchema } from '../../schemas/common.js'
import type { Node } from './node.js'

/**
 * An object that takes members of any name, published so that SDK generators type those as JSON values. Of
 * `additionalProperties: true` some make `any`, which turns the checks of a strict project off; and beside known members of
 * other types no index signature compiles, so that these become an intersection. What it accepts stays the same.
 * @param name makes the reference to a schema, and publishes it
 */
export function publishedObject(schema: Node, name: (schema: Node) => unknown): Node {
  const { type, properties, required, additionalProperties, ...about } = schema
  if (additionalProperties !== true) return schema
  const others = name(JsonValueSchema)
  if (properties === undefined) return { ...about, type, additionalProperties: others }
  const parts = [
    { type: 'object', properties, ...(required !== undefined && { required }) },
    { type: 'object', additionalProperties: others },
  ]
  return Array.isArray(type) ? { ...about, anyOf: [{ allOf: parts }, { type: 'null' }] } : { ...about, allOf: parts }
}
