import { useEffect, useRef } from 'preact/hooks'
import { timelineOf } from '../../model/timeline.js'
import { useShared } from '../context.js'
import { answered } from '../session.js'
import { useLoaded } from '../use-loaded.js'
import { CallFacts } from './call-facts.js'
import { CustomerHistory } from './customer-history.js'
import { FailureNote } from './failure-note.js'
import { Recording } from './recording.js'

/** All that is known of a call, beside what one came from: Escape leads back there. */
export function CallDrawer({ sessionId }: { readonly sessionId: string }) {
  const { texts, format, choose, ribbon } = useShared()
  const dialog = useRef<HTMLDialogElement>(null)
  const loaded = useLoaded(`call ${sessionId}`, async (signal) =>
    answered(await ribbon.GET('/api/ribbon/calls/{sessionId}', { params: { path: { sessionId } }, signal })),
  )
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const close = () => {
    // Before it goes, so that the focus goes back to what opened it.
    dialog.current?.close()
    choose({ call: '' })
  }
  const { data, failure } = loaded
  const number = data?.call.phoneE164 ?? data?.call.phoneNumber
  const events: Readonly<Record<string, string | undefined>> = texts.events
  const sources: Readonly<Record<string, string | undefined>> = texts.drawer.sources
  return (
    <dialog
      ref={dialog}
      class="drawer"
      aria-labelledby="drawer-title"
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) close()
      }}
    >
      <div class="inside">
        <header>
          <h2 id="drawer-title">{number === undefined ? texts.drawer.untitled : texts.drawer.title(number)}</h2>
          <button type="button" onClick={close}>
            {texts.close}
          </button>
        </header>
        {failure !== null && <FailureNote texts={texts} failure={failure} again={loaded.again} />}
        {data === null && failure === null && <p class="quiet">{texts.loading}</p>}
        {data !== null && (
          <>
            <CallFacts call={data.call} />
            <h3>{texts.drawer.timeline}</h3>
            <ol class="timeline">
              {timelineOf(data).map(({ key, event, at, afterSeconds, source }) => (
                <li key={key}>
                  <time dateTime={at}>{format.time(at)}</time>
                  <span class="what">{events[event] ?? event}</span>
                  <span class="quiet">
                    {texts.drawer.after(format.timer(afterSeconds))} · {sources[source] ?? source}
                  </span>
                </li>
              ))}
            </ol>
            <h3>{texts.drawer.recording}</h3>
            <Recording call={data.call} />
            <h3>{texts.drawer.history}</h3>
            <CustomerHistory call={data.call} />
          </>
        )}
      </div>
    </dialog>
  )
}
