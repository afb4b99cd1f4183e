import { inspect } from 'node:util'
import { CALLBACK_ROOT } from '../core/vocabulary/callbacks.js'
import { STREAM_TYPE } from '../core/vocabulary/changes.js'
import { DEMO_API_KEY } from '../core/vocabulary/demo.js'
import { LOCAL_ORIGIN } from './defaults.js'
import type { Node } from './node.js'

/** What has to be known of an operation to call it: all of it stands in the document. */
export interface SampledOperation {
  readonly parameters?: readonly Node[]
  readonly requestBody?: Node
  readonly security: readonly Node[]
  readonly responses: Readonly<Record<string, Node>>
}

export interface CodeSample {
  readonly lang: string
  readonly label: string
  readonly source: string
}

interface Call {
  readonly method: string
  /** As the contract writes it, with the names of its parameters. */
  readonly path: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** Those that have to be there, beside what says who calls and what the body is. */
  readonly headers: Readonly<Record<string, unknown>>
  /** Whether the answer is a file that is no text. */
  readonly isBinary: boolean
  /** Whether the answer goes on until somebody ends it. */
  readonly isStream: boolean
  readonly body: Readonly<Record<string, unknown>> | null
  readonly guard: 'apiKey' | 'adminToken' | null
}

/** The shortest request that succeeds, in the languages in which people call the API. */
export function codeSamples(method: string, path: string, operation: SampledOperation): CodeSample[] {
  const call = callOf(method, path, operation)
  return [
    { lang: 'Shell', label: 'curl', source: curl(call) },
    { lang: 'JavaScript', label: 'JavaScript', source: javaScript(call) },
    // The typed client is not for what Exotel alone calls.
    ...(path.startsWith(CALLBACK_ROOT) ? [] : [{ lang: 'TypeScript', label: 'TypeScript', source: typeScript(call) }]),
  ]
}

function callOf(method: string, path: string, operation: SampledOperation): Call {
  const { parameters = [], requestBody, security, responses } = operation
  const required = (place: string): Readonly<Record<string, unknown>> => {
    const found = parameters.filter((parameter) => parameter['required'] === true && parameter['in'] === place)
    return Object.fromEntries(found.map(({ name, example }) => [String(name), example]))
  }
  const content = requestBody?.['content'] as Readonly<Record<string, Node>> | undefined
  const answer = (responses['200']?.['content'] ?? {}) as Node
  return {
    method: method.toUpperCase(),
    path,
    parameters: required('path'),
    headers: required('header'),
    isBinary: 'audio/*' in answer,
    isStream: STREAM_TYPE in answer,
    body: content === undefined ? null : firstExample(Object.values(content)[0] as Node),
    guard: (Object.keys(security[0] ?? {})[0] as Call['guard'] | undefined) ?? null,
  }
}

function firstExample({ example, examples }: Node): Call['body'] {
  const named = Object.values((examples ?? {}) as Record<string, { value: unknown }>)[0]
  return (named?.value ?? example) as Call['body']
}

function urlOf({ path, parameters }: Call): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parameters[name])))
  return `${LOCAL_ORIGIN}${filled}`
}

/** The body of a ribbon’s request may say who calls by itself. */
function headersOf({ guard, body, headers }: Call): string[] {
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`)
  const content = [...(body === null ? [] : ['Content-Type: application/json']), ...own]
  if (guard === 'adminToken') return ['Authorization: Bearer your-admin-token', ...content]
  const saysWhoCalls = body !== null && 'apiKey' in body
  return guard === null || saysWhoCalls ? content : [`X-API-Key: ${DEMO_API_KEY}`, ...content]
}

function curl(call: Call): string {
  const { method, body, isBinary, isStream } = call
  // What curl takes by itself: GET, and POST where there is a body.
  const verb = method === (body === null ? 'GET' : 'POST') ? '' : `-X ${method} `
  const parts = [
    `curl ${isStream ? '-N ' : ''}${verb}'${urlOf(call)}'`,
    ...headersOf(call).map((header) => `-H '${header}'`),
    ...(isBinary ? ['-o recording.mp3'] : []),
    ...(body === null ? [] : [`-d '${JSON.stringify(body, null, 2).replaceAll("'", `'\\''`)}'`]),
  ]
  return parts.join(' \\\n  ')
}

function javaScript(call: Call): string {
  const { method, body, isBinary, isStream } = call
  const headers = headersOf(call).map((header) => header.split(': '))
  const options = [
    ...(method === 'GET' ? [] : [`method: '${method}',`]),
    ...(headers.length === 0 ? [] : [`headers: ${literal(Object.fromEntries(headers) as object)},`]),
    ...(body === null ? [] : [`body: JSON.stringify(${literal(body)}),`]),
  ]
  const init = options.length === 0 ? '' : `, {\n${indented(options.join('\n'))}\n}`
  if (isBinary || isStream) {
    const read = isStream
      ? 'for await (const text of response.body.pipeThrough(new TextDecoderStream())) console.log(text)'
      : 'console.log(await response.blob())'
    return `const response = await fetch('${urlOf(call)}'${init})
if (!response.ok) throw new Error((await response.json()).detail)
${read}`
  }
  return `const response = await fetch('${urlOf(call)}'${init})
const answer = await response.json()
if (!response.ok) throw new Error(answer.detail)
console.log(answer)`
}

function typeScript({ method, path, parameters, headers, isBinary, isStream, body, guard }: Call): string {
  const credential = guard === 'adminToken' ? `, adminToken: 'your-admin-token'` : `, apiKey: '${DEMO_API_KEY}'`
  const content = Object.fromEntries(Object.entries(body ?? {}).filter(([name]) => name !== 'apiKey'))
  const params = {
    ...(Object.keys(parameters).length > 0 && { path: parameters }),
    ...(Object.keys(headers).length > 0 && { header: headers }),
  }
  const init = [
    ...(Object.keys(params).length === 0 ? [] : [`params: ${literal(params)},`]),
    ...(isBinary ? [`parseAs: 'blob',`] : []),
    ...(body === null ? [] : [`body: ${literal(content)},`]),
  ]
  const options = init.length === 0 ? '' : `, {\n${indented(init.join('\n'))}\n}`
  const client = `import { createRibbonClient } from 'exotel-call-ribbon-client'

const ribbon = createRibbonClient({ baseUrl: '${LOCAL_ORIGIN}'${guard === null ? '' : credential} })`
  if (isStream)
    return `${client}
for await (const { event, data } of ribbon.changes()) console.log(event, data)`
  return `${client}
const { data, error } = await ribbon.${method}('${path}'${options})
if (error) throw new Error(error.detail)
console.log(data)`
}

/** A value as JavaScript writes it. */
function literal(value: object): string {
  return inspect(value, { depth: null, breakLength: 80 })
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ')
}
