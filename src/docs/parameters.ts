import { type Components, referenceTo } from './components.js'
import { mapValues, type Node } from './node.js'

/** The generator drops `$id` from what it makes parameters of; it keeps a member of this name. */
const COMPONENT = 'x-component'

/** Parameters whose schemas remember which component they are, and lists which component their entries are. */
export function markParameters(parameters: Node, components: Components): Node {
  const marked = mapValues(parameters['properties'] as Record<string, Node>, (schema) => {
    components.named(schema)
    return 'items' in schema
      ? { ...remembering(schema), items: remembering(schema['items'] as Node) }
      : remembering(schema)
  })
  return { ...parameters, properties: marked }
}

function remembering({ $id, ...rest }: Node): Node {
  return $id === undefined ? rest : { ...rest, [COMPONENT]: $id }
}

/** The schema of a parameter, or of a list's entries: a reference where it is a component. */
function published({ [COMPONENT]: component, ...own }: Node): Node {
  if (typeof component === 'string') return referenceTo(component)
  return 'items' in own ? { ...own, items: published(own['items'] as Node) } : own
}

/**
 * A parameter as it is published. What is optional has its example in the schema alone: documentation that sends requests
 * fills in what stands beside it, and a request that nobody edited should ask for everything.
 */
export function publishedParameter({ schema, example, name, ...rest }: Node): Node {
  const named = { ...rest, name: rest['in'] === 'header' ? headerCase(String(name)) : name }
  const own = published(schema as Node)
  if ('$ref' in own) return { ...named, schema: own }
  const { items } = schema as { readonly items?: Node }
  // A list of words stands in one parameter, `columns=a,b`; other texts may hold commas, and have one each.
  const listed = items === undefined ? named : { ...named, style: 'form', explode: !('enum' in items) }
  return rest['required'] === true
    ? { ...listed, schema: own, example }
    : { ...listed, schema: { ...own, examples: [example] } }
}

/** `if-none-match` is validated as it arrives, and written `If-None-Match`. */
function headerCase(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase())
}
