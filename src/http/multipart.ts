/**
 * Forms in parts (RFC 7578), in one piece and without their files. Made here because what streams files costs four times as
 * much a callback, and the platform's own parser has been seen not to end.
 */

/** Longer headers of a part are nobody's. */
const MOST_HEADERS = 2_000
const BREAK = '\r\n'

/** @returns names and values in their order; null when the body is not the form that its content type says */
export function fieldsOf(bytes: Buffer, contentType: string): readonly (readonly [string, string])[] | null {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) return null
  // So that the first boundary follows a line break, as the others do.
  const text = `${BREAK}${bytes.toString()}`
  const delimiter = `${BREAK}--${boundary}`
  const fields: [string, string][] = []
  let at = text.indexOf(delimiter)
  while (at !== -1) {
    const begin = at + delimiter.length
    if (text.startsWith('--', begin)) return fields
    const headersEnd = text.indexOf(BREAK + BREAK, begin)
    const end = headersEnd === -1 ? -1 : text.indexOf(delimiter, headersEnd + BREAK.length)
    if (end === -1 || headersEnd - begin > MOST_HEADERS) return null
    const name = nameIn(text.slice(begin, headersEnd))
    if (name !== null) fields.push([name, text.slice(headersEnd + 2 * BREAK.length, end)])
    at = end
  }
  return null
}

/** Not `.`, which takes some characters of names for the ends of lines. */
const DISPOSITION = /^content-disposition: *form-data *(;[^\r\n]*)/im
const NAME = /; *name=(?:"((?:[^"\\]|\\[^])*)"|([^\s;"]+))/i
const FILE = /; *filename\*?=/i

/** The name of a field; null for a file, and for a part that has none. */
function nameIn(headers: string): string | null {
  const parameters = DISPOSITION.exec(headers)?.[1] ?? ''
  const [, quoted, plain] = NAME.exec(parameters) ?? []
  if (FILE.test(parameters)) return null
  // Browsers write a quote as %22, others put a backslash before it.
  return quoted?.replace(/\\(["\\])/g, '$1').replaceAll('%22', '"') ?? plain ?? null
}
