import { LIMITS } from './limits.js'

/** Letters with the marks that belong to them, which are half of Hindi, and digits. */
const WORD = /[\p{L}\p{M}\p{N}]+/gu

/**
 * The words of a name, as it is searched by: in lower case and in Unicode's form NFKC, each once and in one order. Long words
 * are cut and beyond some there are no more.
 */
export function wordsOf(name: string): readonly string[] {
  const found = name.normalize('NFKC').toLowerCase().match(WORD) ?? []
  const words = found
    .slice(0, LIMITS.nameWords)
    .map((word) => Array.from(word).slice(0, LIMITS.nameWordLength).join(''))
  return [...new Set(words)].sort()
}

/** Whether each of the words asked for begins one of these. */
export function beginWith(words: readonly string[], asked: readonly string[]): boolean {
  return asked.every((prefix) => words.some((word) => word.startsWith(prefix)))
}

/** The words of both, so many at the most: those that were there stay. */
export function withWords(words: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...words, ...more])].slice(0, LIMITS.customerWords).sort()
}
