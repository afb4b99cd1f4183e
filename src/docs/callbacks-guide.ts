import { LIMITS } from '../core/limits.js'
import { type CallbackEvent, callbackPath } from '../core/vocabulary/callbacks.js'
import { DEMO_CALLBACK_KEY } from '../core/vocabulary/demo.js'
import { LOCAL_ORIGIN } from './defaults.js'

/** The address of a kind of callback, as it is pasted into Exotel. */
function address(event: CallbackEvent): string {
  return `\`https://your-server${callbackPath(event, '<key>')}\``
}

/** How Exotel is told where to send its callbacks, field by field. */
export const CALLBACKS_GUIDE = `## Exotel’s own callbacks

A browser that is closed in the middle of a call tells nothing more of it. Exotel does: what it reports outranks what ribbons
say, so calls end, talk time is that of the conversation, and calls that no ribbon saw are there, too.

1. Whoever operates the server makes a key for it: \`ribbon keys create <client> --kind callback\`, or \`POST\` to the client’s keys with
   \`"kind": "callback"\`. The answer has the addresses, with the key in them. They are secrets: Exotel signs nothing, so whoever knows
   one can report calls. \`--addresses 203.0.113.0/24\` takes callbacks from Exotel’s addresses alone; ask Exotel for those of your account.
2. **Passthru.** In the flow builder put a Passthru applet behind the Connect applet twice: on *After the call conversation ends*, and on *If nobody
   answers*. Its URL is ${address('passthru')}. Tick *Make passthru async*, so that no caller waits.
3. **Popup.** In the Connect applet, under *Pop up URL* (or *Create popup*), write ${address('popup')}. It tells
   whose phone rings and who answered.
4. **StatusCallback.** Calls that are asked for by Exotel’s connect API take the parameter \`StatusCallback\`:
   ${address('statusCallback')}, with \`StatusCallbackEvents[0]=terminal\` and, to see when the customer answers,
   \`StatusCallbackEvents[1]=answered\`. Any \`StatusCallbackContentType\` will do. Calls that this server makes, at \`POST /api/ribbon/calls\`,
   need none of this: see below.
5. **Integration.** In the settings of a CRM integration, the callback URL is ${address('integrationCallback')}.
6. Try it: \`ribbon callbacks try <client>\` sends one made-up callback of each kind and says what became of its call. Then make a real call,
   and look at \`ribbon callbacks list <client>\`, or at the client’s \`callbacks\` in the admin API: what came, and what was odd about it.

On a server that is not a production server this is one, too, of a call that nobody answers:

\`\`\`sh
curl '${LOCAL_ORIGIN}${callbackPath('statusCallback', DEMO_CALLBACK_KEY)}' \\
  -d CallSid=my-first-callback -d Status=no-answer -d Direction=inbound -d From=09876543210
\`\`\`

Callbacks come as JSON, as a form, as a form in parts, or in the query; all are kept as they came, as an event of that name. A callback that comes
again changes nothing and is answered as the first was. None is refused for what it says: at most ${String(LIMITS.dataLength)} characters
as JSON are taken, and of a form at most ${String(LIMITS.callbackMembers)} fields. While the server cannot write it answers 503.

Callbacks get lost as well. Where the client has Exotel’s API credentials, \`ribbon reconcile\` and the client’s \`reconciliation\` in the admin API
compare its calls with Exotel’s own records, and take in what was missed, as events named \`callDetails\`; a server with \`RECONCILE=true\` does so every hour for the last day.

Calls that are made at \`POST /api/ribbon/calls\` are reported back by themselves where the server was told its \`PUBLIC_ORIGIN\`, at which
Exotel has to reach it; without it they carry no StatusCallback. The callback key in their addresses is one of the client’s keys, with the name
*calls that this server makes*, from the first such call on. It is derived from the server’s secret key, shown to nobody but
Exotel, and may be used from any address. Once it is revoked, or has ended, calls carry no StatusCallback until there is
another secret key: that makes another callback key, and \`ribbon rotate-secrets\` lets the former one end a day later.

Any other callback key is replaced without losing a call: \`ribbon keys rotate\` makes another, and the old one goes on for a day.

`
