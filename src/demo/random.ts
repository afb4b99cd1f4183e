/** Numbers from 0 up to, but not including, 1. */
export type Random = () => number

/** The same numbers for the same seed, on every machine: mulberry32. */
export function seeded(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

export function pick<Value>(random: Random, values: readonly Value[]): Value {
  return values[Math.floor(random() * values.length)] as Value
}

/** Draws an index by weight. */
export function weighted(random: Random, weights: readonly number[]): () => number {
  const bounds = new Float64Array(weights.length)
  let total = 0
  weights.forEach((weight, index) => {
    bounds[index] = total += weight
  })
  return () => {
    const drawn = random() * total
    let low = 0
    let high = bounds.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (drawn < Number(bounds[middle])) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** Draws an index below `count` as Zipf's law has it: the second is half as likely as the first, and so on. */
export function zipf(random: Random, count: number): () => number {
  return weighted(
    random,
    Array.from({ length: count }, (_, index) => 1 / (index + 1)),
  )
}

/** Talk times as call centres see them: many short, few long. Log-normal, in whole seconds. */
export function talkSeconds(random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Math.min(Math.max(Math.round(Math.exp(Math.log(110) + 0.9 * normal)), 4), 2700)
}
