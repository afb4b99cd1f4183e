/** What is erased of a person, what stays, and what masked keys see. */
export const PRIVACY_GUIDE = `## Privacy

Whoever operates the server answers a request to erase a person, or to tell what is held on one, with one command, or with one request of
the admin API. A person is a number, in any spelling, or a customer:

\`\`\`sh
ribbon privacy export <client> --number +919876543210 --out person.json
ribbon privacy erase <client> --number +919876543210 --reason 'request 4711'
ribbon privacy erase <client> --customer CUST001
\`\`\`

- **Who it is.** A number is the customers whose saved number it is, and all calls with it. A customer is all calls that name it, and its
  numbers where no other customer has them. A customer that nobody saved goes with the last of its calls.
- **What is erased.** Of customers, everything. Of calls: the number, the customer, notes, tags, disposition and where the recording is.
  Of events, what was sent. What was to be sent to webhooks, and the log of what was. What was missed of the person is in no list any more.
- **What stays.** Each call as a fact without a person: when it was, how long, which way, its outcome, agent, virtual number and domain.
  So every total stays. Groups by customer or number count these calls under none, and metrics that follow a number from call to call,
  such as missed calls won back, no longer tell of them. Calls have another \`sessionId\`.
- **What comes after.** A retry of an erased event is a repeat. A later event of an erased call is recorded without the person. A new call
  of the number is new, and is kept.
- **The receipt** is in the audit log: who asked, when, why, how much was erased, and a keyed hash of the person.
- **Files.** The embedded store overwrites what it erases, and lets go of its logs: at once through the API; when the server next writes,
  where the command ran beside it. Where SQLite divided a page of many rows, though, the copy of one may lie on between others, which
  no answer reads: \`ribbon privacy rewrite\` writes the file anew, without any. PostgreSQL lets go of old rows when tables are
  vacuumed, which an erasure asks for, and overwrites their bytes in time; \`ribbon privacy rewrite\` does so at once. Run it by a timer,
  as often as the grace that you promise: nothing is written meanwhile, for some seconds a million calls. PostgreSQL keeps its write-ahead
  log for as long as it is set to.
- **Backups** hold whom they were made before: keep them for a set time, and erase again after restoring one.
- **What left the server**, such as exports, webhook messages and recordings at Exotel, is erased where it is.

A key that was made with \`--mask-numbers\` (\`maskNumbers\` in the admin API) shows people’s numbers as \`+9198••••3210\` wherever they are:
in calls, events, customers, reports, files and streams, in any spelling, and in texts. It may search by a number that it knows. Shown whole
are \`virtualNumber\` and \`agentNumber\` in JSON; in CSV, pages and texts every number is masked. An id that is a number is masked too, and
opens nothing then.

`
