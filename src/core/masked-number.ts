/** Numbers of people, as those see them who may not know them. */
import { getCountryCodeForRegionCode, parsePhoneNumber } from 'awesome-phonenumber'

/** What a number may look like in a text: seven digits or more, with little between them. */
const NUMBER = /(?:\+|(?<![A-Za-z0-9_•]))\d(?:[ ().\u00a0\u2010-\u2015/-]{0,2}\d){6,}(?![A-Za-z0-9_])/g
/** Dates and times, and our own ids of events and calls, which begin with seconds. */
const NO_NUMBER = /\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?|(?:log|session)-\d{9,11}-[0-9a-z]{10}/g

const SHOWN_LAST = 4
const SHORT = 8

/** `+9198••••3210`: the country's code, two digits and the last four; of a short number the last two. */
export function maskedNumber(text: string, region: string): string {
  const digits = text.replace(/\D/g, '')
  if (digits.length < SHORT) return `••••${digits.slice(-2)}`
  const parsed = parsePhoneNumber(text, { regionCode: region })
  const code = parsed.valid ? String(parsed.countryCode) : ''
  const own = parsed.valid ? (parsed.number.e164.slice(1 + code.length)) : digits
  const shown = parsed.valid ? `+${code}${own.slice(0, 2)}` : ''
  return `${shown}••••${own.slice(-SHOWN_LAST)}`
}

/** A text with every number in it masked. */
export function maskedText(text: string, region: string): string {
  // Most texts have no number.
  if (!/\d{3}|\d[ ().-]{0,2}\d/.test(text)) return text
  let masked = ''
  let from = 0
  for (const { 0: kept, index } of text.matchAll(NO_NUMBER)) {
    masked += maskedPart(text.slice(from, index), region) + kept
    from = index + kept.length
  }
  return masked + maskedPart(text.slice(from), region)
}

function maskedPart(text: string, region: string): string {
  return text.replace(NUMBER, (number) => maskedNumber(number, region))
}
export { getCountryCodeForRegionCode }
