import type { Choice } from '../../model/choice.js'
import { RANGES } from '../../model/choice.js'
import { rankedOf } from '../../model/answers.js'
import { useShared } from '../context.js'
import { answered } from '../session.js'
import { useLoaded } from '../use-loaded.js'
import { Select } from './select.js'

/** Which calls: of which range, agent, direction and number of Exotel's. */
export function Filters() {
  const { texts, choice, choose, ribbon, range, format, zone } = useShared()
  const { startDate, endDate } = range
  const agents = useLoaded('agents', async (signal) =>
    answered(await ribbon.GET('/api/ribbon/agents', { params: { query: { pageSize: 500 } }, signal })),
  )
  const numbers = useLoaded(`numbers ${startDate} ${endDate}`, async (signal) =>
    ribbon.queryAnalytics(
      { startDate, endDate, metrics: ['calls'], groupBy: ['virtualNumber'], limit: 100 },
      { signal },
    ),
  )
  const agentOptions = (agents.data?.agents ?? []).map(({ agentUserId, name }) => [agentUserId, name ?? agentUserId])
  const numberOptions = (numbers.data ? rankedOf(numbers.data, 'virtualNumber') : []).flatMap(({ id }) =>
    id === null ? [] : [[id, id]],
  )
  const isFiltered = choice.agent !== '' || choice.direction !== '' || choice.number !== ''
  return (
    <div class="filters">
      {choice.view !== 'live' && (
        <fieldset class="range">
          <legend class="unseen">{texts.range.label}</legend>
          {RANGES.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === choice.range}
              onClick={() => {
                choose(
                  name === 'custom' ? { range: name, from: startDate, to: endDate } : { range: name, from: '', to: '' },
                )
              }}
            >
              {texts.range[name]}
            </button>
          ))}
          {choice.range === 'custom' && (
            <>
              <DateField name="from" value={startDate} />
              <DateField name="to" value={endDate} />
            </>
          )}
        </fieldset>
      )}
      <fieldset>
        <legend class="unseen">{texts.filters.label}</legend>
        <Select
          label={texts.filters.agent}
          value={choice.agent}
          options={[['', texts.filters.anyAgent], ...withChosen(agentOptions, choice.agent)]}
          onChoose={(agent) => {
            choose({ agent })
          }}
        />
        {choice.view !== 'missed' && (
          <Select
            label={texts.filters.direction}
            value={choice.direction}
            options={[
              ['', texts.filters.anyDirection],
              ['inbound', texts.directions.inbound],
              ['outbound', texts.directions.outbound],
            ]}
            onChoose={(direction) => {
              choose({ direction })
            }}
          />
        )}
        <Select
          label={texts.filters.number}
          value={choice.number}
          options={[['', texts.filters.anyNumber], ...withChosen(numberOptions, choice.number)]}
          onChoose={(number) => {
            choose({ number })
          }}
        />
        <button
          type="button"
          class="plain"
          disabled={!isFiltered}
          onClick={() => {
            choose({ agent: '', direction: '', number: '' })
          }}
        >
          {texts.filters.clear}
        </button>
      </fieldset>
      <p class="said quiet">{choice.view === 'live' ? zone : texts.inZone(format.dates(startDate, endDate), zone)}</p>
    </div>
  )
}

/** What the address names stays chosen, whether or not there are calls of it. */
function withChosen(options: readonly (readonly string[])[], chosen: string): [string, string][] {
  const known = options.map(([value = '', text = '']): [string, string] => [value, text])
  return chosen === '' || known.some(([value]) => value === chosen) ? known : [...known, [chosen, chosen]]
}

function DateField({ name, value }: { readonly name: 'from' | 'to'; readonly value: string }) {
  const { texts, choose } = useShared()
  return (
    <label class="field">
      <span>{texts.range[name]}</span>
      <input
        type="date"
        required
        value={value}
        onChange={(event) => {
          const chosen: Partial<Choice> =
            name === 'from' ? { from: event.currentTarget.value } : { to: event.currentTarget.value }
          choose(chosen)
        }}
      />
    </label>
  )
}
