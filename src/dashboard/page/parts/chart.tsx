import type { Chart as Drawn } from 'chart.js'
import { useEffect, useRef } from 'preact/hooks'
import { useShared } from '../context.js'

export interface Series {
  readonly name: string
  /** The variable of the style that has its colour. */
  readonly colour: `--${string}`
  readonly values: readonly number[]
}

interface ChartProps {
  readonly title: string
  readonly labels: readonly string[]
  readonly series: readonly Series[]
}

/** Bars, one on the other where there are several series. What draws them is loaded when it is needed first. */
export function Chart({ title, labels, series }: ChartProps) {
  const { texts, format, choice } = useShared()
  const canvas = useRef<HTMLCanvasElement>(null)
  const calls = series.flatMap(({ values }) => values).reduce((sum, value) => sum + value, 0)
  useEffect(() => {
    let drawn: Drawn | null = null
    let isGone = false
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const draw = async () => {
      const { drawBars } = await import('../draw-bars.js')
      if (isGone || canvas.current === null) return
      drawn?.destroy()
      drawn = drawBars(canvas.current, { labels, series, format: format.number })
    }
    const redraw = () => void draw()
    redraw()
    dark.addEventListener('change', redraw)
    return () => {
      isGone = true
      dark.removeEventListener('change', redraw)
      drawn?.destroy()
    }
  }, [JSON.stringify([labels, series]), choice.theme])
  return (
    <div class="chart">
      <canvas ref={canvas} role="img" aria-label={texts.chartOf(title, format.number(calls))} />
    </div>
  )
}
