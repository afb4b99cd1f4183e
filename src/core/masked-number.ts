/** Numbers of people, as those see them who may not know them. */
import { parsePhoneNumber } from 'awesome-phonenumber'

const DIGITS = String.raw`\d(?:[ ().\u00a0\u2010-\u2015/-]{0,2}\d){6,}`
/** What a number may look like in any text: seven digits or more, with little between them. */
const NUMBER = new RegExp(String.raw`\+?${DIGITS}`, 'g')
/** What it may look like in an id, which has other digits in it: a word of its own. */
const WHOLE_NUMBER = new RegExp(String.raw`(?:\+|(?<![A-Za-z0-9_]))${DIGITS}(?![A-Za-z0-9_])`, 'g')
/** Dates and times, and our own ids of events and calls, which begin with seconds. */
const NO_NUMBER =
  /\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?|(?<![A-Za-z0-9])(?:log|session)-\d{9,11}-[0-9a-z]{10}(?![A-Za-z0-9])/g

/** Fewer digits than this show two of them. */
const SHORT = 8

/** `+9198••••3210`: the country’s code and two digits, and the last four; of a short number the last two. */
export function maskedNumber(text: string, region: string): string {
  const digits = text.replace(/\D/g, '')
  if (digits.length < SHORT) return `••••${digits.slice(-2)}`
  const { valid, countryCode, number } = parsePhoneNumber(text, { regionCode: region })
  const end = `••••${digits.slice(-4)}`
  // Digits that are no country's number show nothing of their beginning.
  return valid ? `${number.e164.slice(0, String(countryCode).length + 3)}${end}` : end
}

/** A text with every number in it masked. @param isId where digits are no number unless they stand by themselves */
export function maskedText(text: string, region: string, isId = false): string {
  const pattern = isId ? WHOLE_NUMBER : NUMBER
  const masked = (part: string): string => part.replace(pattern, (number) => maskedNumber(number, region))
  let result = ''
  let from = 0
  for (const { 0: kept, index } of text.matchAll(NO_NUMBER)) {
    result += masked(text.slice(from, index)) + kept
    from = index + kept.length
  }
  return result + masked(text.slice(from))
}
