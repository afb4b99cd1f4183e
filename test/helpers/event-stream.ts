/** A message of a stream of server-sent events, whose data is JSON. */
export interface Message {
  readonly id: number
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The whole messages of a text. Comments and times to retry are none. */
export function messagesIn(text: string): Message[] {
  return text
    .split('\n\n')
    .slice(0, -1)
    .flatMap((block) => {
      const fields = Object.fromEntries(
        block.split('\n').map((line): [string, string] => {
          const [, name = '', value = ''] = /^(\w*): ?(.*)$/.exec(line) ?? []
          return [name, value]
        }),
      )
      const { id, event, data } = fields
      if (data === undefined) return []
      return [{ id: Number(id), event: String(event), data: JSON.parse(data) as Message['data'] }]
    })
}
