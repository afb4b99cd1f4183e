import { type JSONPath, visit } from 'jsonc-parser'
import { LIMITS } from '../core/limits.js'
import type { Fault } from '../errors.js'
import { MAX_DEPTH } from './json-fault.js'
import { stepOf } from './validation.js'

const WHOLE = /^-?\d+$/

/**
 * What of a JSON text its value does not hold: all but the last of a member that is named twice in one object, and the last
 * digits of a long whole number.
 */
export function alterations(body: string): Fault[] {
  const text = body.replace(/^\uFEFF/, '')
  const faults: Fault[] = []
  const add = (path: JSONPath, message: string): void => {
    if (faults.length === LIMITS.faults) return
    const pointer = path.map((step) => `/${stepOf(String(step))}`).join('')
    faults.push({ in: 'body', pointer, message })
  }
  /** How often each name stands so far in each object and array that is open. */
  const open: Map<string, number>[] = []
  const enter = (): void => {
    open.push(new Map())
    if (open.length <= MAX_DEPTH) return
    add([], `is nested more than ${LIMITS.nestingDepth} levels deep`)
    throw new Error('the walk is as deep as the text')
  }
  const leave = (): void => {
    open.pop()
  }
  try {
    visit(text, {
      onObjectBegin: enter,
      onObjectEnd: leave,
      onArrayBegin: enter,
      onArrayEnd: leave,
      onObjectProperty: (name, _offset, _length, _line, _character, pathOf) => {
        const names = open.at(-1) as Map<string, number>
        const before = names.get(name) ?? 0
        if (before === 1) add([...pathOf(), name], 'is named twice: name it once')
        names.set(name, before + 1)
      },
      onLiteralValue: (value: unknown, offset, length, _line, _character, pathOf) => {
        if (typeof value !== 'number' || Number.isSafeInteger(value)) return
        if (!WHOLE.test(text.slice(offset, offset + length))) return
        add(pathOf(), `is a whole number beyond ${Number.MAX_SAFE_INTEGER}, which JavaScript rounds: send it as text`)
      },
    })
  } catch {
    // Too deep to be walked, and to be kept.
  }
  return faults
}
