import type { Answer } from '../../model/answers.js'
import { useShared } from '../context.js'

const PERCENTS = [50, 75, 90, 95, 99] as const

/** How long calls are talked that were answered. */
export function Percentiles({ answer }: { readonly answer: Answer }) {
  const { texts, format } = useShared()
  return (
    <dl class="percentiles">
      {PERCENTS.map((percent) => (
        <div key={percent}>
          <dt>{texts.percentile(percent)}</dt>
          <dd>{format.seconds(answer.total.values[`p${percent}Talk`])}</dd>
        </div>
      ))}
    </dl>
  )
}
