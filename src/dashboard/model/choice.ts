/** Everything that somebody chose on the page, as its address says it: a link shows another person the same. */

export const VIEWS = ['overview', 'live', 'missed', 'calls'] as const

export const RANGES = ['today', 'yesterday', '7days', '30days', 'month', 'last-month', 'custom'] as const

export const LANGUAGES = ['en', 'hi'] as const
type Language = (typeof LANGUAGES)[number]

/** `system` is what the browser is set to. */
export const THEMES = ['system', 'light', 'dark'] as const

/** What is one of a few words; the first is chosen unless told. */
const WORDS = {
  view: VIEWS,
  range: ['7days', ...RANGES],
  direction: ['', 'inbound', 'outbound'],
  state: ['open', 'wonBack', 'lost'],
  theme: THEMES,
} as const

/** What is any text; empty unless told. */
const TEXTS = ['from', 'to', 'agent', 'number', 'phone', 'status', 'recorded', 'call', 'client', 'language'] as const

type Words = { readonly [Name in keyof typeof WORDS]: (typeof WORDS)[Name][number] }
/** `language` is empty where the browser's own is good; `from` and `to` are local dates of a custom range. */
export type Choice = Words & Readonly<Record<(typeof TEXTS)[number], string>>

/** @param search of the address; what is unknown there is as if nobody chose */
export function readChoice(search: string): Choice {
  const parameters = new URLSearchParams(search)
  const words = Object.entries(WORDS).map(([name, allowed]) => {
    const told = parameters.get(name)
    return [name, allowed.find((word) => word === told) ?? allowed[0]]
  })
  const texts = TEXTS.map((name) => [name, parameters.get(name) ?? ''])
  return Object.fromEntries([...words, ...texts]) as Choice
}

/** @returns what stands in the address, with its question mark; empty when everything is as nobody chose */
export function writeChoice(choice: Choice): string {
  const unchosen = readChoice('')
  const chosen = Object.entries(choice).filter(([name, value]) => value !== unchosen[name as keyof Choice])
  return chosen.length === 0 ? '' : `?${new URLSearchParams(chosen).toString()}`
}

/** @param preferred languages of the browser, the best first */
export function languageOf({ language }: Choice, preferred: readonly string[]): Language {
  const wanted = [language, ...preferred].map((tag) => tag.split('-')[0])
  return LANGUAGES.find((known) => known === wanted.find((tag) => LANGUAGES.some((one) => one === tag))) ?? 'en'
}
