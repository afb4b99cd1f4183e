import { getSupportedRegionCodes, parsePhoneNumber } from 'awesome-phonenumber'

/** E.164: a plus, the country's code and the number, 15 digits at the most. */
const E164 = /^\+[1-9]\d{6,14}$/

/** Numbers that are remembered: a call's events tell the same one, and so do a customer's calls. */
const MOST_REMEMBERED = 10_000
const remembered = new Map<string, string>()

/**
 * What a number is stored and found by: E.164 where it is a number of some country, as the region's people write it or with
 * its country's code, with or without punctuation; else the text as it is, such as an extension, a SIP user or a number of
 * which digits are hidden. `09876543210`, `+91 98765 43210`, `919876543210` and `9876543210` are one number in India.
 * Source: libphonenumber.
 * @param region ISO 3166-1, two letters: the country whose way of writing numbers counts where the number names none
 */
export function numberKey(text: string, region: string): string {
  if (E164.test(text) || !/^[\s\d()+./-]+$/.test(text)) return text
  const asked = `${region} ${text}`
  const known = remembered.get(asked)
  if (known !== undefined) return known
  const parsed = parsePhoneNumber(text, { regionCode: region })
  const key = parsed.valid ? parsed.number.e164 : text
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  remembered.set(asked, key)
  return key
}

/** The E.164 form of a stored number; null where it is none. */
export function e164Of(key: string): string | null {
  return E164.test(key) ? key : null
}

/** Whether libphonenumber knows a country by these two letters. */
export function isRegion(region: string): boolean {
  return getSupportedRegionCodes().includes(region)
}
