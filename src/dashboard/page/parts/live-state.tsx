import { useLiveNow, useShared } from '../context.js'

/** Whether what stands on the page is what happens now. */
export function LiveState() {
  const { texts, format } = useShared()
  const { live } = useLiveNow()
  const text = {
    connecting: texts.live.connecting,
    on: texts.live.on,
    off: live.lostAt === null ? texts.live.never : texts.live.off(format.time(live.lostAt)),
  }[live.state]
  return (
    <p class={`live-state ${live.state}`} role="status">
      <span class="dot" aria-hidden="true" />
      {text}
    </p>
  )
}
