import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from 'chart.js'
import type { Series } from './parts/chart.js'

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, Tooltip)

interface Bars {
  readonly labels: readonly string[]
  readonly series: readonly Series[]
  readonly format: (value: number) => string
}

/** Draws in the colours of the style, as it is now. */
export function drawBars(canvas: HTMLCanvasElement, { labels, series, format }: Bars): Chart {
  const style = getComputedStyle(canvas)
  // A variable of the style reads as it is written there: used as a colour it reads as what it comes to.
  const colour = (name: string) => {
    canvas.style.color = `var(${name})`
    return style.color
  }
  const ticks = { color: colour('--quiet'), font: { family: style.fontFamily, size: 11 } }
  return new Chart(canvas, {
    type: 'bar',
    data: {
      labels: [...labels],
      datasets: series.map((one) => ({
        label: one.name,
        data: [...one.values],
        backgroundColor: colour(one.colour),
        maxBarThickness: 48,
        categoryPercentage: 0.85,
        barPercentage: 0.95,
      })),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      plugins: {
        legend: {
          display: series.length > 1,
          align: 'end',
          labels: {
            color: colour('--text'),
            boxWidth: 10,
            boxHeight: 10,
            font: { family: style.fontFamily, size: 12 },
          },
        },
        tooltip: {
          callbacks: { label: ({ dataset, parsed }) => ` ${String(dataset.label)}: ${format(Number(parsed.y))}` },
        },
      },
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: { color: colour('--line') },
          ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12 },
        },
        y: {
          stacked: true,
          beginAtZero: true,
          border: { display: false },
          grid: { color: colour('--line') },
          ticks: { ...ticks, precision: 0, maxTicksLimit: 6, callback: (value) => format(Number(value)) },
        },
      },
    },
  })
}
