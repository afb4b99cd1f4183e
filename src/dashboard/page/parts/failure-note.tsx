import type { Failure } from '../../model/failure.js'
import type { Texts } from '../../texts/en.js'

interface FailureNoteProps {
  readonly texts: Texts
  readonly failure: Failure
  readonly again: (() => void) | null
}

/** What went wrong, and what to do about it. */
export function FailureNote({ texts, failure, again }: FailureNoteProps) {
  return (
    <div class="failure" role="alert">
      <p>{texts.failures[failure.kind]}</p>
      {failure.detail !== '' && <p class="quiet">{failure.detail}</p>}
      {again !== null && (
        <button type="button" onClick={again}>
          {texts.tryAgain}
        </button>
      )}
    </div>
  )
}
