import addFormats from 'ajv-formats'
import { messagesIn } from './event-stream.js'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

interface Answer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

type Node = Readonly<Record<string, unknown>>

/** What an answer has to be according to an OpenAPI document: a documented status, content type and body. */
export class Contract {
  readonly #document: Node
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true })
  readonly #validators = new Map<string, ValidateFunction>()

  constructor(document: object) {
    this.#document = document as Node
    addFormats.default(this.#ajv)
    this.#ajv.addSchema(document, 'contract')
  }

  /** @returns what is wrong with the answer, or null */
  fault(method: string, path: string, answer: Answer): string | null {
    const operation = this.#operation(method, path)
    // Preflights, documentation, and what does not exist are no operation's; errors are problems even so.
    if (operation === null) return answer.statusCode < 400 ? null : this.#problemFault(answer)
    const responses = operation['responses'] as Readonly<Record<string, Node>>
    const status = String(answer.statusCode)
    const response = this.#resolve(responses[status] ?? responses[`${status.slice(0, 1)}XX`])
    if (response === undefined) return `${status} is not a documented status of ${method} ${path}`
    if (method === 'HEAD' || answer.statusCode === 304) return null
    const contentType = mediaTypeOf(answer)
    const content = response['content'] as Readonly<Record<string, Node>> | undefined
    const media = content?.[contentType] ?? content?.[contentType.replace(/\/.*/, '/*')]
    if (media === undefined) return `${contentType} is not a documented content type of ${method} ${path}`
    const schema = media['schema'] as Node
    if (contentType === 'text/event-stream') {
      const faults = messagesIn(answer.body).map(({ data }) => this.#bodyFault(schema, data))
      return faults.find((fault) => fault !== null) ?? null
    }
    return this.#bodyFault(schema, /\bjson$/.test(contentType) ? JSON.parse(answer.body) : answer.body)
  }

  #problemFault(answer: Answer): string | null {
    const contentType = mediaTypeOf(answer)
    if (contentType !== 'application/problem+json') return `${contentType} is no problem document`
    return this.#bodyFault({ $ref: '#/components/schemas/Problem' }, JSON.parse(answer.body))
  }

  #operation(method: string, path: string): Node | null {
    const paths = this.#document['paths'] as Record<string, Node>
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
    const found = Object.entries(paths).find(([template]) => {
      return new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}/?$`).test(path)
    })
    return (found?.[1][verb] as Node | undefined) ?? null
  }

  #resolve(node: Node | undefined): Node | undefined {
    const ref = node?.['$ref']
    if (typeof ref !== 'string') return node
    return ref
      .split('/')
      .slice(1)
      .reduce<Node>((at, step) => at[step] as Node, this.#document)
  }

  #bodyFault(schema: Node, body: unknown): string | null {
    const text = JSON.stringify(schema).replaceAll('"#/', '"contract#/')
    const validate = this.#validators.get(text) ?? this.#ajv.compile(JSON.parse(text) as object)
    this.#validators.set(text, validate)
    return validate(body) ? null : this.#ajv.errorsText(validate.errors)
  }
}

function mediaTypeOf(answer: Answer): string {
  return String(answer.headers['content-type']).split(';')[0] ?? ''
}
