import leven from 'leven'

interface KnownPath {
  readonly steps: readonly string[]
  readonly methods: Set<string>
}

/** Longer paths than this are nobody's slip of the pen. */
const MAX_LENGTH = 200
/** Letters that a path may be away from the one that was meant, and which part of its own it may be. */
const MAX_DISTANCE = 3
const MAX_SHARE = 1 / 4

/** What stands for the route of a request that leads nowhere: its path is the caller's, and may be anything. */
export const UNKNOWN_ROUTE = '(unknown)'

/** The paths that lead somewhere, for those who took another one. */
export class KnownPaths {
  readonly #paths = new Map<string, KnownPath>()

  /** @param url as routes are declared: `/customer/:customerId` */
  add(url: string, methods: string | readonly string[]): void {
    const known = this.#paths.get(url) ?? { steps: stepsOf(url), methods: new Set(['OPTIONS']) }
    for (const method of [methods].flat()) known.methods.add(method)
    this.#paths.set(url, known)
  }

  /** The methods that a path has, in order of their names; undefined when it leads nowhere. */
  methodsOf(path: string): string[] | undefined {
    const steps = stepsOf(path)
    const known = [...this.#paths.values()].find((known) => distanceOf(steps, known.steps, differs) === 0)
    return known && [...known.methods].sort()
  }

  /** The path that was most likely meant by one that leads nowhere, as documentation writes it. */
  closest(path: string): string | undefined {
    if (path.length > MAX_LENGTH) return undefined
    const steps = stepsOf(path)
    const urls = [...this.#paths.entries()]
    const distances = urls.map(([, known]) => distanceOf(steps, known.steps, spelledApart))
    const least = Math.min(...distances)
    const lastStep = steps.at(-1)
    const isClose = least <= Math.min(MAX_DISTANCE, path.length * MAX_SHARE)
    const [meant, ...others] = urls.filter(([, known], index) => {
      return isClose ? distances[index] === least : known.steps.at(-1) === lastStep
    })
    return others.length === 0 || isClose ? meant?.[0].replace(/:(\w+)/g, '{$1}') : undefined
  }
}

/** A slash at the end changes nothing. */
function stepsOf(path: string): string[] {
  return path.replace(/\/$/, '').split('/')
}

/** How far apart two paths are, step by step; a parameter takes anything. */
function distanceOf(
  steps: readonly string[],
  known: readonly string[],
  apart: (a: string, b: string) => number,
): number {
  if (steps.length !== known.length) return Infinity
  return known.reduce((sum, step, index) => {
    const given = String(steps[index])
    return sum + (step.startsWith(':') && given !== '' ? 0 : apart(given, step))
  }, 0)
}

function differs(a: string, b: string): number {
  return a === b ? 0 : 1
}

function spelledApart(a: string, b: string): number {
  return leven(a.toLowerCase(), b.toLowerCase())
}
