import { useEffect } from 'preact/hooks'
import { bucketsOf, stretchesOf, type Answer } from '../../model/answers.js'
import { questionsOf, type Part } from '../../model/questions.js'
import type { CallStatus } from '../../model/statuses.js'
import { useShared } from '../context.js'
import { Chart } from '../parts/chart.js'
import { HeatMap } from '../parts/heat-map.js'
import { Panel } from '../parts/panel.js'
import { Percentiles } from '../parts/percentiles.js'
import { Ranking } from '../parts/ranking.js'
import { Table } from '../parts/table.js'
import { Tiles } from '../parts/tiles.js'
import { useLoaded } from '../use-loaded.js'
import { Empty } from './empty.js'

/** Where a clock is put back. */
const HOURS_OF_LONGEST_DAY = 25

/** How many calls, when, how they ended, and with whom. */
export function Overview() {
  const { texts, format, choice, range, ribbon } = useShared()
  useEffect(() => {
    // What draws is on its way while the answers are.
    void import('../draw-bars.js')
  }, [])
  const questions = questionsOf(choice, range)
  const tiles = useLoaded(JSON.stringify(questions.tiles), (signal) =>
    ribbon.queryAnalytics(questions.tiles, { signal }),
  )
  const isEmpty = tiles.data?.total.values.calls === 0
  const { columns } = texts
  const panel = (part: Exclude<Part, 'tiles' | 'series'>) => ({
    part,
    title: texts.parts[part],
    question: questions[part],
  })
  const labelsOf = (answer: Answer) => {
    const [grain] = answer.groupBy
    const stretches = stretchesOf(answer)
    const isOneDay = stretches.length <= HOURS_OF_LONGEST_DAY
    return stretches.map(({ at }) => {
      if (grain === 'month') return format.month(at)
      if (grain !== 'hour') return format.date(at)
      return isOneDay ? format.hour(at) : `${format.date(at.slice(0, 10))} ${format.hour(at)}`
    })
  }
  const bars = (answer: Answer) => ({
    labels: labelsOf(answer),
    series: (['inbound', 'outbound'] as const).map((direction) => ({
      name: texts.directions[direction],
      colour: `--${direction}` as const,
      values: stretchesOf(answer).map((stretch) => stretch[direction]),
    })),
  })
  const seriesTitle = texts.parts.series[range.grain]
  return (
    <>
      <Tiles loaded={tiles} />
      {isEmpty && <Empty />}
      <div class="panels" hidden={isEmpty}>
        <Panel
          part="series"
          title={seriesTitle}
          question={questions.series}
          table={(answer) => (
            <Table
              title={seriesTitle}
              head={[columns.time, texts.directions.inbound, texts.directions.outbound]}
              rows={stretchesOf(answer).map(({ inbound, outbound }, index) => [
                String(labelsOf(answer)[index]),
                format.number(inbound),
                format.number(outbound),
              ])}
            />
          )}
        >
          {(answer) => <Chart title={seriesTitle} {...bars(answer)} />}
        </Panel>
        <Panel {...panel('outcomes')}>
          {(answer) => (
            <Ranking
              answer={answer}
              by="status"
              title={columns.status}
              columns={[{ title: columns.calls, of: ({ values }) => format.number(values.calls) }]}
              nameOf={(status) => texts.statuses[status as CallStatus]}
            />
          )}
        </Panel>
        <Panel {...panel('week')}>{(answer) => <HeatMap answer={answer} />}</Panel>
        <Panel
          {...panel('talk')}
          table={(answer) => (
            <Table
              title={texts.parts.talk}
              head={[columns.lasted, columns.calls]}
              rows={bucketsOf(answer).map(({ bucket, calls }) => [texts.buckets[bucket], format.number(calls)])}
            />
          )}
        >
          {(answer) => (
            <>
              <Percentiles answer={answer} />
              <Chart
                title={texts.parts.talk}
                labels={bucketsOf(answer).map(({ bucket }) => texts.buckets[bucket])}
                series={[
                  { name: columns.calls, colour: '--talk', values: bucketsOf(answer).map(({ calls }) => calls) },
                ]}
              />
            </>
          )}
        </Panel>
        <Panel {...panel('agents')}>
          {(answer) => (
            <Ranking
              answer={answer}
              by="agent"
              title={columns.agent}
              columns={[
                { title: columns.calls, of: ({ values }) => format.number(values.calls) },
                { title: columns.answerRate, of: ({ values }) => format.percent(values.answerRate) },
                { title: columns.talk, of: ({ values }) => format.seconds(values.talkSeconds) },
              ]}
            />
          )}
        </Panel>
        <Panel {...panel('customers')}>
          {(answer) => (
            <Ranking
              answer={answer}
              by="customer"
              title={columns.customer}
              columns={[
                { title: columns.calls, of: ({ values }) => format.number(values.calls) },
                { title: columns.talk, of: ({ values }) => format.seconds(values.talkSeconds) },
              ]}
            />
          )}
        </Panel>
        <Panel {...panel('numbers')}>
          {(answer) => (
            <Ranking
              answer={answer}
              by="virtualNumber"
              title={columns.virtualNumber}
              columns={[
                { title: columns.calls, of: ({ values }) => format.number(values.calls) },
                { title: columns.answerRate, of: ({ values }) => format.percent(values.answerRate) },
                { title: columns.missed, of: ({ values }) => format.number(values.missed) },
              ]}
            />
          )}
        </Panel>
      </div>
    </>
  )
}
