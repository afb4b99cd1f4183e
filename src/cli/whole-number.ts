import { InvalidArgumentError } from '@commander-js/extra-typings'

/** Reads an option that is a whole number of a range. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d{1,15}$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It is a whole number from ${String(least)} to ${String(most)}.`)
    }
    return value
  }
}
