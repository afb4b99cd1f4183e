interface SelectProps<Value extends string> {
  /** Read out; in sight as well where the values do not speak for themselves. */
  readonly label: string
  readonly isLabelled?: boolean
  readonly value: Value
  readonly options: readonly (readonly [Value, string])[]
  readonly onChoose: (value: Value) => void
}

export function Select<Value extends string>({ label, isLabelled, value, options, onChoose }: SelectProps<Value>) {
  return (
    <label class="field">
      <span class={isLabelled === true ? '' : 'unseen'}>{label}</span>
      <select
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
    </label>
  )
}
