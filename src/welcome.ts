/** What a server says when it is ready. */
import { DEMO_API_KEY } from './clients/demo-clients.js'
import { VERSION } from './version.js'

export interface Welcome {
  readonly url: string
  /** Where the database is, for people. */
  readonly database: string
  /** Whether the demo client is there, whose key everybody knows. */
  readonly hasDemoClient: boolean
  readonly hasClients: boolean
}

/** Whether a message of a server process is its welcome. */
export function isWelcome(message: object): message is Welcome {
  return 'hasClients' in message
}

/** For a log: one sentence. */
export function welcomeSentence({ url, hasDemoClient }: Welcome): string {
  const hint = hasDemoClient ? ` Try it with the API key ${DEMO_API_KEY}.` : ''
  return `Exotel Call Ribbon API is ready at ${url}, documentation at ${url}/docs.${hint}`
}

/** For whoever started it at a terminal: a few lines, what to do next in the last. */
export function welcomeLines(welcome: Welcome): string[] {
  const { url, database, hasDemoClient } = welcome
  const rows: [string, string][] = [
    ['Documentation', `${url}/docs`],
    ...(hasDemoClient ? [['Demo API key', DEMO_API_KEY] as [string, string]] : []),
    ['Database', database],
    ['Next', nextStep(welcome)],
  ]
  return [
    `Exotel Call Ribbon API ${VERSION} listens at ${url}`,
    ...rows.map(([label, text]) => `  ${label.padEnd(13)}  ${text}`),
  ]
}

function nextStep({ url, hasDemoClient, hasClients }: Welcome): string {
  if (hasDemoClient) return `curl -H 'X-API-Key: ${DEMO_API_KEY}' ${url}/api/ribbon/config`
  return hasClients ? 'npx ribbon clients list' : 'npx ribbon clients create --help'
}
