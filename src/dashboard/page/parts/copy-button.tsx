import { useEffect, useState } from 'preact/hooks'
import { useShared } from '../context.js'

/** Copies a text at one click, and says that it did. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const { texts } = useShared()
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => {
      setIsCopied(false)
    }, 2000)
    return () => {
      clearTimeout(timer)
    }
  }, [isCopied])
  // Browsers have none on pages that came over plain HTTP: there one click selects the text.
  if (!('clipboard' in navigator)) return null
  return (
    <>
      <button
        type="button"
        class="small"
        aria-label={texts.copyOf(what)}
        onClick={() => {
          void navigator.clipboard.writeText(text).then(() => {
            setIsCopied(true)
          })
        }}
      >
        {isCopied ? texts.copied : texts.copy}
      </button>
      <span role="status" class="unseen">
        {isCopied ? texts.copied : ''}
      </span>
    </>
  )
}
