import { stepOf, weekOf, type Answer } from '../../model/answers.js'
import { useShared } from '../context.js'

/** Monday first, as offices count. */
const DAYS = [1, 2, 3, 4, 5, 6, 0] as const
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** Calls by weekday and hour of the client's clock: a table, whose cells are the darker the more calls they have. */
export function HeatMap({ answer }: { readonly answer: Answer }) {
  const { texts, format } = useShared()
  const { calls, most } = weekOf(answer)
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={texts.parts.week}>
      <table class="heat">
        <caption class="unseen">{texts.parts.week}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">{texts.columns.day}</span>
            </th>
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                {String(hour).padStart(2, '0')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DAYS.map((day) => (
            <tr key={day}>
              <th scope="row">{format.weekday(day)}</th>
              {HOURS.map((hour) => {
                const value = calls[day]?.[hour] ?? 0
                return (
                  <td key={hour} class={`heat-${String(stepOf(value, most))}`}>
                    {value === 0 ? <span class="unseen">0</span> : format.number(value)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
