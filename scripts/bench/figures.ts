/** What was measured, beside what it should be. */
import { cpus } from 'node:os'
import type { Section } from './options.js'

export interface Figure {
  readonly section: Section
  readonly name: string
  readonly value: number
  readonly unit: 'ms' | 's' | '/s' | '×' | 'B' | 'MB' | ''
  /** What the figure should be; null when it only informs. */
  readonly bar: { readonly atLeast: number } | { readonly atMost: number } | { readonly below: number } | null
}

export type FigureOf = (name: string, value: number, unit: Figure['unit'], bar?: Figure['bar']) => Figure

/** Makes the figures of a section. */
export function figuresOf(section: Section): FigureOf {
  return (name, value, unit, bar = null) => ({ section, name, value, unit, bar })
}

export function isMet({ value, bar }: Figure): boolean {
  if (bar === null) return true
  if ('atLeast' in bar) return value >= bar.atLeast
  return 'atMost' in bar ? value <= bar.atMost : value < bar.below
}

/** The p-th percentile, `p` from 0 to 100, of values in any order; NaN when there are none. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.max(Math.ceil((p / 100) * sorted.length) - 1, 0)] ?? NaN
}

export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

export function machine() {
  const [cpu] = cpus()
  return {
    cores: cpus().length,
    cpu: cpu?.model.trim() ?? 'unknown',
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  }
}

/** One table of all figures. */
export function tableOf(figures: readonly Figure[], title: string): string {
  const rows = figures.map((figure) => [
    figure.section,
    figure.name,
    written(figure.value, figure.unit),
    barOf(figure),
    verdictOf(figure),
  ])
  const all = [['section', 'figure', 'measured', 'bar', ''], ...rows]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => String(row[column]).length)))
  const lines = all.map((row) =>
    row
      .map((cell, column) =>
        column === 2 ? cell.padStart(Number(widths[column])) : cell.padEnd(Number(widths[column])),
      )
      .join('  ')
      .trimEnd(),
  )
  const rule = '-'.repeat(Math.max(...lines.map((line) => line.length)))
  return [title, rule, lines[0], rule, ...lines.slice(1), rule].join('\n')
}

function verdictOf(figure: Figure): string {
  if (figure.bar === null) return ''
  return isMet(figure) ? 'met' : 'MISSED'
}

function barOf({ bar, unit }: Figure): string {
  if (bar === null) return ''
  if ('atLeast' in bar) return `≥ ${written(bar.atLeast, unit)}`
  return 'atMost' in bar ? `≤ ${written(bar.atMost, unit)}` : `< ${written(bar.below, unit)}`
}

function written(value: number, unit: Figure['unit']): string {
  const digits = unit === '×' ? 2 : value < 100 && !Number.isInteger(value) ? 2 : 0
  const number = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return unit === '' || unit === '/s' ? number + unit : `${number} ${unit}`
}
