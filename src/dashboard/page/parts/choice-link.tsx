import type { ComponentChildren } from 'preact'
import { writeChoice, type Choice } from '../../model/choice.js'
import { useShared } from '../context.js'

interface ChoiceLinkProps {
  /** What it chooses; all else stays as it is. */
  readonly change: Partial<Choice>
  /** What the link is called, where its text does not say so. */
  readonly label?: string | undefined
  /** Whether it leads to where the page is. */
  readonly isCurrent?: boolean
  readonly children: ComponentChildren
}

/** A link to the page with another choice. It is followed within the page, unless it is to open in a tab of its own. */
export function ChoiceLink({ change, label, isCurrent = false, children }: ChoiceLinkProps) {
  const { choice, choose } = useShared()
  return (
    <a
      href={`/dashboard${writeChoice({ ...choice, ...change })}`}
      aria-label={label}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        choose(change)
      }}
    >
      {children}
    </a>
  )
}
