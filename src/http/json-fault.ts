import { printParseErrorCode, visit } from 'jsonc-parser'
import { shown } from '../core/json.js'
import { LIMITS } from '../core/limits.js'

/** Levels of nesting of a body: `data` stands in it. */
export const MAX_DEPTH = LIMITS.nestingDepth + 1

const MALFORMED_NUMBER = 'a number is malformed: write it like 180 or 12.5'

/** What each code of the parser means to people, to follow a place in a sentence: what is wrong and what to write. */
const REASONS: Readonly<Record<string, string>> = {
  UnexpectedEndOfNumber: MALFORMED_NUMBER,
  PropertyNameExpected: 'the name of a member is missing: write it between double quotes',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing after the name of a member',
  CommaExpected: 'a comma is missing',
  EndOfFileExpected: 'something follows the end of the JSON: send one object and nothing else',
  InvalidCommentToken: 'there is a comment, and JSON has none: take it out',
  UnexpectedEndOfString: 'a text begins that does not end in its line: close it, and write a line break in it as \\n',
  InvalidUnicode: 'a text begins in which \\u stands without four hexadecimal digits',
  InvalidEscapeCharacter: 'a text begins in which a backslash escapes nothing: write it as \\\\',
  InvalidCharacter: 'a text begins in which a control character stands: write a tab as \\t',
}

/** Words of other languages, and what JSON has in their place. */
const FOREIGN_WORDS: Readonly<Record<string, string>> = {
  None: 'null',
  undefined: 'null',
  NaN: 'null',
  True: 'true',
  False: 'false',
}

/**
 * Where and why a text that is no JSON is refused, in a sentence. Of the text it repeats nothing but the name of a member:
 * where quotes are missing, anything else may be part of a key.
 */
export function jsonFault(body: string): string {
  const text = body.replace(/^\uFEFF/, '')
  if (text.trim() === '') return 'The body is empty: send a JSON object.'
  if (text === '[object Object]') return 'The body is the text [object Object]: pass the object through JSON.stringify.'
  let sentence = 'The body is not JSON that can be kept.'
  let after = ''
  let depth = 0
  const stop = (reason: string, line: number, character: number): never => {
    sentence = `The body is not JSON: in line ${line + 1}, column ${character + 1}${after}, ${reason}.`
    throw new Error(sentence)
  }
  const enter = (_offset: number, _length: number, line: number, character: number): void => {
    depth += 1
    if (depth > MAX_DEPTH) stop(`it is nested more than ${LIMITS.nestingDepth} levels deep`, line, character)
  }
  const leave = (): void => {
    depth -= 1
  }
  try {
    visit(
      text,
      {
        onObjectBegin: enter,
        onObjectEnd: leave,
        onArrayBegin: enter,
        onArrayEnd: leave,
        onObjectProperty: (name, _offset, _length, line, character, pathOf) => {
          if (name === '__proto__' || (name === 'prototype' && pathOf().at(-1) === 'constructor')) {
            stop(`a member is named ${name}, which no object of ours may have: name it otherwise`, line, character)
          }
          after = `, after ${shown(name)}`
        },
        onError: (code, offset, length, line, character) => {
          stop(reasonOf(printParseErrorCode(code), text, offset, length), line, character)
        },
      },
      { disallowComments: true },
    )
  } catch {
    // The first fault ends the walk: those behind it mostly follow from it.
  }
  return sentence
}

function reasonOf(code: string, text: string, offset: number, length: number): string {
  const before = text.slice(0, offset).trimEnd()
  if (offset >= text.length) return 'the body ends before the JSON does: it was cut off'
  if (before.endsWith(',') && '}]'.includes(text.charAt(offset))) return 'a comma stands before the end: take it out'
  if (code !== 'InvalidSymbol') return String(REASONS[code])
  const word = text.slice(offset, offset + length)
  const meant = FOREIGN_WORDS[word]
  if (meant !== undefined) return `${word} is no word of JSON: write ${meant}`
  if (before === '') return 'it begins with something else than {: send a JSON object'
  if (/^[-+.\d]/.test(word)) return MALFORMED_NUMBER
  return 'text stands without double quotes: write "text", neither \'text\' nor text'
}
