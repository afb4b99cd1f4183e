/**
 * What checks the requests of routes and writes their answers. There are hundreds of schemas, and to compile them all takes most of a
 * second, in which a server could answer already: each is compiled when it is used first, or in a quiet moment before.
 */
import { setImmediate } from 'node:timers/promises'
import AjvCompiler from '@fastify/ajv-compiler'
import SerializerSelector from '@fastify/fast-json-stringify-compiler'
import type { FastifyServerOptions } from 'fastify'

type Factories = Required<NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>>

/** What a schema is compiled into. */
interface Compiled {
  (value: unknown): unknown
  /** Of a check: why it refused what it looked at last. */
  errors?: unknown
}

/** Makes a compiler, as Fastify asks for one. */
type Factory = (...options: unknown[]) => (route: unknown) => Compiled

export class LateCompilers {
  readonly #waiting = new Set<() => void>()

  readonly factories: Factories = {
    buildValidator: this.#late(AjvCompiler() as Factory) as Factories['buildValidator'],
    buildSerializer: this.#late(SerializerSelector() as Factory) as Factories['buildSerializer'],
  }

  /**
   * Compiles all that nobody has used yet, with room for requests in between.
   * @returns how many there were
   * @throws Error of a schema that is none
   */
  async compileAll(): Promise<number> {
    let count = 0
    for (const compile of this.#waiting) {
      compile()
      count += 1
      await setImmediate()
    }
    return count
  }

  #late(build: Factory): Factory {
    return (...options) => {
      const compile = build(...options)
      return (route) => this.#later(() => compile(route))
    }
  }

  #later(compile: () => Compiled): Compiled {
    let compiled: Compiled | null = null
    const compileOnce = (): Compiled => {
      this.#waiting.delete(compileOnce)
      return (compiled ??= compile())
    }
    this.#waiting.add(compileOnce)
    const late: Compiled = (value) => (compiled ?? compileOnce())(value)
    return Object.defineProperty(late, 'errors', { get: () => compiled?.errors })
  }
}
