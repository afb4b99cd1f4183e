import { type Components, referenceTo } from './components.js'
import { mapValues, type Node } from './node.js'

/** The generator drops `$id` from what it makes parameters of; it keeps a member of this name. */
const COMPONENT = 'x-component'

/** Parameters whose schemas remember which component they are. */
export function markParameters(parameters: Node, components: Components): Node {
  const marked = mapValues(parameters['properties'] as Record<string, Node>, (schema) => {
    components.named(schema)
    const { $id, ...rest } = schema
    return $id === undefined ? rest : { ...rest, [COMPONENT]: $id }
  })
  return { ...parameters, properties: marked }
}

/**
 * A parameter as it is published. What is optional has its example in the schema alone: documentation that sends requests
 * fills in what stands beside it, and a request that nobody edited should ask for everything.
 */
export function publishedParameter({ schema, example, name, ...rest }: Node): Node {
  const { [COMPONENT]: component, ...own } = schema as Node
  const named = { ...rest, name: rest['in'] === 'header' ? headerCase(String(name)) : name }
  if (typeof component === 'string') return { ...named, schema: referenceTo(component) }
  return rest['required'] === true
    ? { ...named, schema: own, example }
    : { ...named, schema: { ...own, examples: [example] } }
}

/** `if-none-match` is validated as it arrives, and written `If-None-Match`. */
function headerCase(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase())
}
