/** The path of a request as it may be shown and logged: without the query, which can hold an API key. */
export function pathOf(url: string): string {
  const end = url.indexOf('?')
  return end === -1 ? url : url.slice(0, end)
}
