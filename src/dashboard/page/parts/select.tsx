import { useId } from 'preact/hooks'

interface SelectProps<Value extends string> {
  /** Read out; in sight as well where the values do not speak for themselves. */
  readonly label: string
  readonly isLabelled?: boolean
  readonly value: Value
  readonly options: readonly (readonly [Value, string])[]
  readonly onChoose: (value: Value) => void
}

export function Select<Value extends string>({ label, isLabelled, value, options, onChoose }: SelectProps<Value>) {
  const id = useId()
  return (
    <span class="field">
      <label for={id} class={isLabelled === true ? '' : 'unseen'}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          onChoose(event.currentTarget.value as Value)
        }}
      >
        {options.map(([one, text]) => (
          <option key={one} value={one} selected={one === value}>
            {text}
          </option>
        ))}
      </select>
    </span>
  )
}
