import type { DailyReport } from '../../schemas/daily-report.js'
import { hourWords } from './words.js'

const BAR = 13
const GAP = 5
const HEIGHT = 120
const LEFT = 32
const TOP = 12
const WIDTH = LEFT + 24 * (BAR + GAP)
/** Every so many hours, one is named. */
const NAMED = 3

/**
 * Calls by hour as stacked bars, in SVG: inbound below, outbound above. The colours are its attributes, so that it needs no
 * stylesheet; the same is to be said in a table for those who cannot see it.
 */
export function hoursChart(hours: DailyReport['hours'], title: string, described: string): string {
  const top = niceTop(Math.max(...hours.map(({ calls }) => calls)))
  const y = (calls: number) => TOP + HEIGHT - (calls / top) * HEIGHT
  const bars = hours.map(({ hour, calls, inbound }) => {
    const x = LEFT + hour * (BAR + GAP)
    const rect = (from: number, to: number, fill: string) =>
      to === from
        ? ''
        : `<rect x="${x}" y="${fixed(y(to))}" width="${BAR}" height="${fixed(y(from) - y(to))}" fill="${fill}"/>`
    return rect(0, inbound, COLOURS.inbound) + rect(inbound, calls, COLOURS.outbound)
  })
  const lines = [0, top / 2, top].map(
    (calls) =>
      `<line x1="${LEFT}" x2="${WIDTH}" y1="${fixed(y(calls))}" y2="${fixed(y(calls))}" stroke="#d8dee6"/>` +
      `<text x="${LEFT - 6}" y="${fixed(y(calls) + 5)}" text-anchor="end">${calls}</text>`,
  )
  const names = hours
    .filter(({ hour }) => hour % NAMED === 0)
    .map(({ hour }) => `<text x="${LEFT + hour * (BAR + GAP)}" y="${TOP + HEIGHT + 20}">${hourWords(hour)}</text>`)
  return `<svg role="img" aria-labelledby="hours-title hours-desc" viewBox="0 0 ${WIDTH} ${TOP + HEIGHT + 28}" width="100%" font-family="sans-serif" font-size="13" fill="#44525f">
<title id="hours-title">${title}</title>
<desc id="hours-desc">${described}</desc>
${lines.join('\n')}
${bars.filter((bar) => bar !== '').join('\n')}
${names.join('\n')}
</svg>`
}

export const COLOURS = { inbound: '#1f4e79', outbound: '#e08a1e' } as const

/** The top of the scale: the least of 2, 4, 6 and 10 times a power of ten that no bar passes, so that its half is whole. */
function niceTop(most: number, unit = 1): number {
  const first = [2, 4, 6, 10].find((digit) => digit * unit >= most)
  return first === undefined ? niceTop(most, unit * 10) : first * unit
}

function fixed(length: number): string {
  return String(Math.round(length * 10) / 10)
}
