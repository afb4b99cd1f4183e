interface TileProps {
  readonly name: string
  readonly value: string
  readonly note: string
  /** How it changed, as it reads; empty when that cannot be said. */
  readonly change?: string
  readonly isGood?: boolean
  readonly isBusy?: boolean
}

/** One figure, against the one before. */
export function Tile({ name, value, note, change = '', isGood, isBusy = false }: TileProps) {
  const mood = isGood === undefined ? '' : isGood ? 'good' : 'bad'
  return (
    <div class="tile" aria-busy={isBusy}>
      <dt>{name}</dt>
      <dd class="value">{value}</dd>
      <dd class="note">
        {change !== '' && <span class={`change ${mood}`}>{change}</span>} {note}
      </dd>
    </div>
  )
}
