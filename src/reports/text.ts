import stringWidth from 'string-width'
import type { DailyReport } from '../../schemas/daily-report.js'
import { dailyPage, type ReportTable } from './daily-tables.js'

/** The daily report as a terminal or a plain mail shows it. */
export function dailyText(report: DailyReport): string {
  const { title, subtitle, headline, totals, hours, others } = dailyPage(report)
  const parts = [`${title}\n${'='.repeat(stringWidth(printable(title)))}\n${subtitle}`, wrapped(headline)]
  return `${[...parts, ...[totals, hours, ...others].map(tableText)].map(printable).join('\n\n')}\n`
}

/** Columns of a line of words. */
const LINE = 72
const LONGEST_BAR = 24

function tableText({ title, note, headings, rows, bars, empty }: ReportTable): string {
  const lines = [title, '-'.repeat(title.length)]
  if (note !== '') lines.push(wrapped(note))
  if (rows.length > 0) lines.push(...aligned([headings, ...rows], bars))
  else if (empty !== '') lines.push(empty)
  return lines.join('\n')
}

/** Names to the left, numbers to the right, bars behind them. */
function aligned(rows: readonly (readonly string[])[], bars: readonly number[] = []): string[] {
  const shown = rows.map((row) => row.map(printable))
  const widths = (shown[0] as readonly string[]).map((_, column) =>
    Math.max(...shown.map((row) => stringWidth(row[column] as string))),
  )
  return shown.map((row, at) => {
    const cells = row.map((cell, column) => {
      const space = ' '.repeat((widths[column] as number) - stringWidth(cell))
      return column === 0 ? cell + space : space + cell
    })
    const bar = '█'.repeat(Math.round((bars[at - 1] ?? 0) * LONGEST_BAR))
    return `${cells.join('  ')}  ${bar}`.trimEnd()
  })
}

function wrapped(words: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of words.split(' ')) {
    if (line.length + word.length >= LINE) {
      lines.push(line)
      line = word
    } else line = `${line} ${word}`.trimStart()
  }
  return [...lines, line].join('\n')
}

/** Nothing that stands in a database may steer the terminal, or turn the direction of a line around. */
function printable(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
