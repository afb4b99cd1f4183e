import { answered } from '../session.js'
import { CopyButton } from '../parts/copy-button.js'
import { useShared } from '../context.js'
import { useLoaded } from '../use-loaded.js'

/** What to do where there is nothing to see: log the first call, or look elsewhere. */
export function Empty() {
  const { texts, ribbon, choose } = useShared()
  const any = useLoaded('any', async (signal) =>
    answered(await ribbon.GET('/api/ribbon/calls', { params: { query: { pageSize: 1 } }, signal })),
  )
  if (any.data === null) return null
  if (any.data.calls.length > 0) {
    return (
      <div class="empty">
        <p>{texts.empty.elsewhere}</p>
        <button
          type="button"
          onClick={() => {
            choose({ range: '30days', agent: '', direction: '', number: '' })
          }}
        >
          {texts.empty.wider}
        </button>
      </div>
    )
  }
  const command = firstCall(location.origin)
  return (
    <section class="empty" aria-labelledby="empty-title">
      <h2 id="empty-title">{texts.empty.title}</h2>
      <p>{texts.empty.lead}</p>
      <pre tabIndex={0}>{command}</pre>
      <CopyButton text={command} what={texts.empty.command} />
    </section>
  )
}

function firstCall(origin: string): string {
  return `curl '${origin}/api/ribbon/log-call' -H 'Content-Type: application/json' -H 'X-API-Key: YOUR_API_KEY' \\
  -d '{"event":"dialing","data":{"callSid":"my-first-call","phoneNumber":"+919876543210"}}'`
}
