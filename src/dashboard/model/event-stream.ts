/** Server-sent events as they arrive, chunk by chunk (HTML standard, 9.2.6): only what this server sends of them. */

export interface ServerEvent {
  readonly name: string
  readonly data: string
  readonly id: string
}

/** @returns takes a piece of the text, and gives the events that it completes; a comment gives none */
export function eventReader(): (piece: string) => ServerEvent[] {
  let rest = ''
  return (piece) => {
    const blocks = (rest + piece).replaceAll('\r\n', '\n').split('\n\n')
    rest = String(blocks.pop())
    return blocks.map(eventOf).filter((event) => event.data !== '')
  }
}

function eventOf(block: string): ServerEvent {
  const lines = block.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line))
  const valueOf = (field: string) => lines.flatMap((line) => (line?.[1] === field ? [String(line[2])] : []))
  return { name: valueOf('event').join(''), data: valueOf('data').join('\n'), id: valueOf('id').join('') }
}
