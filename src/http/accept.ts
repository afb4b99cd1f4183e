/**
 * What a caller prefers to have (RFC 9110, 12.5.1): of several that it likes as well the first.
 * @param accept the header `Accept`; absent is anything
 * @param types media types, by name
 * @param otherwise the name of what it gets when it takes none of them
 */
export function preferred<Name extends string>(
  accept: string | undefined,
  types: Readonly<Record<Name, string>>,
  otherwise: Name,
): Name {
  const ranges = (accept ?? '*/*').split(',').map(rangeOf)
  let [best, most] = [otherwise, 0]
  for (const [name, type] of Object.entries(types) as [Name, string][]) {
    const quality = qualityOf(type, ranges)
    if (quality > most) [best, most] = [name, quality]
  }
  return best
}

interface MediaRange {
  readonly pattern: string
  /** 0 is never, 1 is best. */
  readonly quality: number
}

function rangeOf(text: string): MediaRange {
  const [pattern, ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))
  return { pattern: pattern as string, quality: weight === undefined ? 1 : Number(weight.slice('q='.length)) }
}

/** The range that says most about the type decides. */
function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  const patterns = [type, type.replace(/\/.*/, '/*'), '*/*']
  const ofType = patterns.flatMap((pattern) => ranges.filter((range) => range.pattern === pattern))
  return ofType[0]?.quality ?? 0
}
