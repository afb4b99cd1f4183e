import { useState } from 'preact/hooks'
import { failureOf, type Failure } from '../../model/failure.js'
import type { Texts } from '../../texts/en.js'
import { FailureNote } from '../parts/failure-note.js'
import { signIn, signInAsOperator } from '../session.js'

interface SignInProps {
  readonly texts: Texts
  /** Why the session before ended, where it did not end well. */
  readonly refused: Failure | null
  readonly onSigned: () => void
}

export function SignIn({ texts, refused, onSigned }: SignInProps) {
  const [isOperator, setIsOperator] = useState(false)
  const [secret, setSecret] = useState('')
  const [isChecking, setIsChecking] = useState(false)
  const [failure, setFailure] = useState(refused)
  const submit = async () => {
    setIsChecking(true)
    try {
      await (isOperator ? signInAsOperator : signIn)(secret.trim())
      onSigned()
    } catch (error) {
      setFailure(failureOf(error))
      setIsChecking(false)
    }
  }
  const { signIn: words } = texts
  return (
    <main id="calls" class="sign-in" tabIndex={-1}>
      <h1>{texts.title}</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <fieldset class="kinds">
          <legend class="unseen">{words.kinds}</legend>
          {[false, true].map((operator) => (
            <label key={String(operator)}>
              <input
                type="radio"
                name="kind"
                checked={operator === isOperator}
                onChange={() => {
                  setIsOperator(operator)
                }}
              />
              {operator ? words.adminToken : words.apiKey}
            </label>
          ))}
        </fieldset>
        <p id="lead">{isOperator ? words.adminKept : words.lead}</p>
        <label class="field">
          <span>{isOperator ? words.adminToken : words.apiKey}</span>
          <input
            type="password"
            required
            autoComplete="off"
            spellcheck={false}
            aria-describedby="lead kept"
            value={secret}
            onInput={(event) => {
              setSecret(event.currentTarget.value)
            }}
          />
        </label>
        <p id="kept" class="quiet">
          {words.kept}
        </p>
        {failure !== null && <FailureNote texts={texts} failure={failure} again={null} />}
        <button type="submit" class="main" disabled={isChecking}>
          {isChecking ? words.checking : words.submit}
        </button>
      </form>
    </main>
  )
}
