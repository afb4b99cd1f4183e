import { NAMED_EXAMPLES } from '../../schemas/examples.js'
import { mapValues, type Node, sorted } from './node.js'
import { publishedObject } from './open-objects.js'

const PREFIX = '#/components/schemas/'

export function referenceTo(name: string): Node {
  return { $ref: `${PREFIX}${name}` }
}

/** The named schemas of the document, gathered from the routes' own. */
export class Components {
  readonly #schemas: Record<string, Node> = {}
  readonly #shownElsewhere = new Set<string>()

  /** A copy of a schema in which each schema that has an `$id` is a reference, and recorded as a component. */
  named(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.named(item))
    if (typeof value !== 'object' || value === null) return value
    const { $id, ...mapped } = mapValues(value as Node, (member) => this.named(member))
    const members = publishedObject(mapped, (schema) => this.named(schema))
    if (typeof $id !== 'string') return members
    this.#schemas[$id] = members
    return referenceTo($id)
  }

  /** Examples of whole documents go to the media type, where documentation shows them; parts keep theirs. */
  showExamples(medium: Node): void {
    const name = String((medium['schema'] as Node)['$ref']).slice(PREFIX.length)
    const examples = this.#schemas[name]?.['examples']
    if (!Array.isArray(examples)) return
    this.#shownElsewhere.add(name)
    const named = NAMED_EXAMPLES[name]
    if (named) medium['examples'] = named
    else medium['example'] = (examples as unknown[])[0]
  }

  all(): Record<string, Node> {
    return sorted(
      mapValues(this.#schemas, (schema, name) => {
        const { examples, ...rest } = schema
        return this.#shownElsewhere.has(name) || examples === undefined ? rest : { ...rest, examples }
      }),
    )
  }
}
