/** Samples over time as one page: inline SVG, no script, nothing asked for. */
import type { Sample } from './watch.js'

const WIDTH = 1000
const HEIGHT = 160
const LEFT = 60
const POINTS = 500

const CHARTS: readonly (readonly [title: string, of: (sample: Sample) => number, unit: string])[] = [
  ['Acknowledgement, p50', ({ p50 }) => p50, 'ms'],
  ['Acknowledgement, p99', ({ p99 }) => p99, 'ms'],
  ['Events acknowledged', ({ eventsPerSecond }) => eventsPerSecond, '/s'],
  ['Resident memory', ({ residentMb }) => residentMb, 'MB'],
  ['File descriptors', ({ descriptors }) => descriptors, ''],
  ['Disk', ({ diskMb }) => diskMb, 'MB'],
]

export interface Disturbance {
  readonly at: number
  readonly name: string
}

export function plotted(
  title: string,
  samples: readonly Sample[],
  disturbances: readonly Disturbance[],
  findings: readonly string[],
): string {
  const charts = CHARTS.map(([name, of, unit]) => chart(name, unit, samples, of, disturbances)).join('\n')
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:${String(WIDTH + LEFT + 40)}px;margin:2em auto;padding:0 1em}
svg{width:100%;height:auto}text{font:11px system-ui,sans-serif;fill:#555}.line{fill:none;stroke:#1464a5;stroke-width:1.3}
.axis{stroke:#bbb}.event{stroke:#c33;stroke-dasharray:2 3}</style>
<h1>${escaped(title)}</h1>
<ul>${findings.map((finding) => `<li>${escaped(finding)}</li>`).join('')}</ul>
<p>Dashed lines: ${escaped([...new Set(disturbances.map(({ name }) => name))].join(', '))}.</p>
${charts}
</html>
`
}

function chart(
  name: string,
  unit: string,
  samples: readonly Sample[],
  of: (sample: Sample) => number,
  disturbances: readonly Disturbance[],
): string {
  const end = Math.max(...samples.map(({ at }) => at), 1)
  const most = Math.max(...samples.map(of).filter((value) => !Number.isNaN(value)), 0) || 1
  const x = (at: number) => (LEFT + (at / end) * WIDTH).toFixed(1)
  const y = (value: number) => (10 + HEIGHT * (1 - value / most)).toFixed(1)
  const lines = pieces(samples, of).map((piece) => {
    const points = piece.map((sample) => `${x(sample.at)},${y(of(sample))}`).join(' ')
    return `<polyline class="line" points="${points}"/>`
  })
  const marks = disturbances.map(
    ({ at, name }) =>
      `<line class="event" x1="${x(at)}" x2="${x(at)}" y1="10" y2="${String(HEIGHT + 10)}"><title>${escaped(name)}</title></line>`,
  )
  const minutes = Array.from({ length: 7 }, (_, n) => (end * n) / 6)
  const ticks = minutes.map((at) => `<text x="${x(at)}" y="${String(HEIGHT + 26)}">${(at / 60).toFixed(1)} min</text>`)
  return `<h2>${escaped(name)}</h2>
<svg viewBox="0 0 ${String(LEFT + WIDTH + 40)} ${String(HEIGHT + 32)}" role="img" aria-label="${escaped(name)}">
<text x="0" y="18">${String(Math.round(most))} ${unit}</text><text x="0" y="${String(HEIGHT + 10)}">0</text>
<line class="axis" x1="${String(LEFT)}" x2="${String(LEFT + WIDTH)}" y1="${String(HEIGHT + 10)}" y2="${String(HEIGHT + 10)}"/>
${[...marks, ...lines, ...ticks].join('')}
</svg>`
}

/** Stretches without gaps, of few enough points: of neighbours the largest stays. */
function pieces(samples: readonly Sample[], of: (sample: Sample) => number): Sample[][] {
  const step = Math.max(1, Math.floor(samples.length / POINTS))
  const kept: Sample[] = []
  for (let i = 0; i < samples.length; i += step) {
    const near = samples.slice(i, i + step)
    kept.push(near.reduce((best, sample) => (of(sample) > of(best) || Number.isNaN(of(best)) ? sample : best)))
  }
  return kept
    .reduce<Sample[][]>(
      (all, sample) => {
        if (Number.isNaN(of(sample))) all.push([])
        else (all.at(-1) as Sample[]).push(sample)
        return all
      },
      [[]],
    )
    .filter((piece) => piece.length > 0)
}

function escaped(text: string): string {
  return text.replace(/[<>&"]/g, (character) => `&#${String(character.charCodeAt(0))};`)
}
