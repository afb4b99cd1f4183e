import { useEffect, useState } from 'preact/hooks'
import { type Choice, readChoice, writeChoice } from '../model/choice.js'
import type { Choose } from './context.js'

/** What was chosen, which is what the address says. What is typed takes the place of what was typed before. */
export function useChoice(): readonly [Choice, Choose] {
  const [choice, setChoice] = useState(() => readChoice(location.search))
  useEffect(() => {
    const onBack = () => {
      setChoice(readChoice(location.search))
    }
    addEventListener('popstate', onBack)
    return () => {
      removeEventListener('popstate', onBack)
    }
  }, [])
  const choose: Choose = (change) => {
    const next = { ...readChoice(location.search), ...change }
    const address = location.pathname + writeChoice(next)
    if ('phone' in change) history.replaceState(null, '', address)
    else history.pushState(null, '', address)
    setChoice(next)
  }
  return [choice, choose]
}
