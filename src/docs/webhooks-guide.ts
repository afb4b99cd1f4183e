import { LIMITS } from '../core/limits.js'
import { WEBHOOK_EVENT_TYPES } from '../core/vocabulary/webhooks.js'
import { RETRY_SCHEDULE } from '../core/webhooks.js'
import { SENDER_TIMING } from '../webhooks/timing.js'

const HOUR_MS = 60 * 60 * 1000
const DAYS = String(RETRY_SCHEDULE.giveUpMs / (24 * HOUR_MS))

/** How webhooks are received. */
export const WEBHOOKS_GUIDE = `## Webhooks

A client has up to ${String(LIMITS.webhooks)} endpoints, at \`webhooks\`, with a key of the scope \`manage\`; whoever operates the server has them
at the client’s \`webhooks\` in the admin API, and with \`ribbon webhooks\`. Each is sent what it chooses of ${WEBHOOK_EVENT_TYPES.map((type) => `\`${type}\``).join(', ')},
from when it is made. The messages are in the contract, under \`webhooks\`.

They are signed by the [Standard Webhooks](https://www.standardwebhooks.com) scheme. Verify the bytes that came, before they are parsed,
with one of its libraries, which exist for most languages:

\`\`\`js
import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.WEBHOOK_SECRET) // whsec_…, as it was told when the endpoint was made
app.post('/webhooks', express.raw({ type: 'application/json' }), (request, response) => {
  const { type, data } = webhook.verify(request.body.toString(), request.headers) // throws unless it is signed
  keep(type, data) // then answer
  response.sendStatus(204)
})
\`\`\`

- **At least once, and in order for each call.** One message of a call is under way at a time. A message can come again: its \`webhook-id\`
  is the same then. Or keep the highest \`data.version\` of each call, and drop what is not above it.
- **Answer within ${String(SENDER_TIMING.timeoutMs / 1000)} seconds** with a status from 200 to 299. Anything else, redirects too, is sent again: after 5 seconds, 15, 45 and so
  on, then every ${String(RETRY_SCHEDULE.mostMs / HOUR_MS)} hours, for ${DAYS} days; then it is parked, and what follows of the call goes on. After a failure with
  \`Retry-After\` nothing is sent before then, for at most ${String(RETRY_SCHEDULE.mostMs / HOUR_MS)} hours. \`redeliver\` sends messages of a range of
  time again, those too.
- **An endpoint to which nothing can be delivered** for ${DAYS} days is paused, and says why; so is one that answers 410. When it is \`active\`
  again it is sent what it missed. \`deliveries\` lists every try, with what was answered; \`test\` sends a message at once.
- **Secrets** are told once. \`rotate-secret\` makes another, and messages carry a signature of both until the overlap is over.
- Endpoints are asked by HTTPS at addresses of the internet alone, unless the server has \`WEBHOOK_ALLOW_PRIVATE\`.

`
