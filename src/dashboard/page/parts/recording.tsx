import { useEffect, useState } from 'preact/hooks'
import { failureOf, type Failure } from '../../model/failure.js'
import type { Call } from '../../model/live-calls.js'
import { useShared } from '../context.js'
import { answered } from '../session.js'
import { FailureNote } from './failure-note.js'

/** The recording: loaded when somebody wants to listen, because who listened is in the audit log. */
export function Recording({ call }: { readonly call: Call }) {
  const { texts, ribbon } = useShared()
  const [address, setAddress] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  useEffect(
    () => () => {
      if (address !== null) URL.revokeObjectURL(address)
    },
    [address],
  )
  if (call.hasRecording !== true) return <p class="quiet">{texts.drawer.noRecording}</p>
  if (address !== null) return <audio controls autoPlay src={address} aria-label={texts.drawer.player} />
  const load = async () => {
    const init = { params: { path: { sessionId: call.sessionId } }, parseAs: 'blob' } as const
    try {
      const sound = answered(await ribbon.GET('/api/ribbon/calls/{sessionId}/recording', init))
      setAddress(URL.createObjectURL(sound))
    } catch (error) {
      setFailure(failureOf(error))
    }
  }
  return (
    <>
      {failure !== null && <FailureNote texts={texts} failure={failure} again={null} />}
      <button type="button" onClick={() => void load()}>
        {texts.drawer.listen}
      </button>
    </>
  )
}
