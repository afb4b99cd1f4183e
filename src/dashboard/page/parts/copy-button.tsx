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
  return (
    <>
      <button
        type="button"
        class="small"
        aria-label={texts.copyOf(what)}
        onClick={() => {
          copy(text)
          setIsCopied(true)
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

function copy(text: string): void {
  // Pages that were not loaded over HTTPS have no clipboard, and the old way is all there is.
  if ('clipboard' in navigator) {
    void navigator.clipboard.writeText(text)
    return
  }
  const field = document.createElement('textarea')
  field.value = text
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}
