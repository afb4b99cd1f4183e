import { comparedOf, type Answer, type Metric } from '../../model/answers.js'
import { addDays, dateIn } from '../../model/range.js'
import { useLiveNow, useShared } from '../context.js'
import type { Loaded } from '../use-loaded.js'
import { FailureNote } from './failure-note.js'
import { Tile } from './tile.js'

/** The figures on top, each with what it means that it went up. */
const FIGURES = [
  { metric: 'calls', as: 'number', upIsGood: undefined },
  { metric: 'answerRate', as: 'percent', upIsGood: true },
  { metric: 'avgTalkSeconds', as: 'seconds', upIsGood: undefined },
  { metric: 'missed', as: 'number', upIsGood: false },
  { metric: 'openMissed', as: 'number', upIsGood: false },
] as const satisfies readonly { metric: Metric; as: string; upIsGood: boolean | undefined }[]

/** The figures of the range against those before, and what goes on now. */
export function Tiles({ loaded }: { readonly loaded: Loaded<Answer> }) {
  const { texts, format, zone, range, again } = useShared()
  const { live, quota } = useLiveNow()
  const { data, failure, isLoading } = loaded
  const { from, to } = data?.comparedRange ?? { from: null, to: null }
  const compared =
    typeof from === 'string' && typeof to === 'string'
      ? (range.isOpen ? texts.comparedSoFar : texts.compared)(
          format.dates(dateIn(zone, Date.parse(from)), lastDate(zone, to)),
        )
      : ''
  const changeOf = (metric: Metric, change: number | null) => {
    if (change === null) return ''
    return metric === 'answerRate' ? texts.tiles.points(format.points(change)) : format.change(change)
  }
  return (
    <>
      {failure !== null && <FailureNote texts={texts} failure={failure} again={again} />}
      <dl class="tiles" aria-label={texts.tiles.label}>
        {FIGURES.map(({ metric, as, upIsGood }) => {
          const { value, previous, change } = data
            ? comparedOf(data, metric)
            : { value: null, previous: null, change: null }
          const isBetter =
            upIsGood === undefined || change === null || change === 0 ? undefined : change > 0 === upIsGood
          return (
            <Tile
              key={metric}
              name={texts.tiles[metric]}
              value={format[as](value)}
              change={changeOf(metric, change)}
              note={
                data === null
                  ? ''
                  : previous === null
                    ? texts.tiles.nothingBefore
                    : texts.tiles.before(format[as](previous))
              }
              isBusy={isLoading}
              {...(isBetter !== undefined && { isGood: isBetter })}
            />
          )
        })}
        <Tile name={texts.tiles.live} value={format.number(live.total)} note={texts.tiles.ofLive} />
        <Tile
          name={texts.tiles.quota}
          value={format.number(quota.callsThisMonth)}
          note={texts.tiles.left(format.number(quota.remaining), format.number(quota.limit))}
        />
      </dl>
      <p class="compared quiet">{compared}</p>
    </>
  )
}

/** The last local date of a range that ends before an instant. */
function lastDate(zone: string, to: string): string {
  return addDays(dateIn(zone, Date.parse(to)), -1)
}
