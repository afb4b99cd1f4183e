/** The process's log for a person at a terminal: a request is one line, an error comes with its stack. */
import type { DestinationStream } from 'pino'
import pretty from 'pino-pretty'

/** Those of a request's line, and those that are the same in every line. */
const SAID_IN_LINE = 'time,level,pid,hostname,requestId,clientId,method,path,status,code,count,durationMs'
const WARNING = 40

type MessageFormat = Exclude<pretty.PrettyOptions['messageFormat'], string | false | undefined>
type Colors = Parameters<MessageFormat>[3]['colors']

interface Line {
  readonly time: number
  readonly level: number
  readonly msg: string
  readonly requestId?: string
  readonly method?: string
  readonly path?: string
  readonly status?: number
  readonly durationMs?: number
  readonly clientId?: string
  /** Of a line that stands for many. */
  readonly count?: number
}

/** @param colorize whether the terminal shows colours */
export function terminalLog(
  write: (text: string) => void,
  colorize: boolean = pretty.isColorSupported,
): DestinationStream {
  const prettify = pretty.prettyFactory({
    colorize,
    customColors: 'message:reset',
    ignore: SAID_IN_LINE,
    messageFormat: (log, _key, _label, { colors }) => textOf(log as unknown as Line, colors),
  })
  return {
    write: (line) => {
      write(prettify(line))
    },
  }
}

function textOf(line: Line, colors: Colors): string {
  const time = colors.gray(new Date(line.time).toTimeString().slice(0, 8))
  if (line.status !== undefined) return `${time} ${requestText(line, line.status, colors)}`
  const named = { client: line.clientId, request: line.requestId }
  const ids = Object.entries(named).flatMap(([what, id]) => (id === undefined ? [] : `${what} ${id}`))
  const about = ids.length === 0 ? '' : colors.gray(` (${ids.join(', ')})`)
  return `${time} ${line.level < WARNING ? line.msg : colors.red(line.msg)}${about}`
}

function requestText(line: Line, status: number, colors: Colors): string {
  const { method = '', path = '', durationMs = 0, count, clientId } = line
  const shown = status < 400 ? colors.green(status) : status < 500 ? colors.yellow(status) : colors.red(status)
  const more = count === undefined ? `${String(durationMs)} ms` : `${String(count)} more like these`
  return `${method.padEnd(4)} ${shown} ${path} ${colors.gray(clientId === undefined ? more : `${clientId} ${more}`)}`
}
