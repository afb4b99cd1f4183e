/** What examples name of the demo client. */

/** The callback key of the demo client. */
export const DEMO_CALLBACK_KEY = 'demo-callback-key-789'

/** Endpoints of the demo clients, paused, for examples to name; one of them to be deleted. */
export const DEMO_WEBHOOK = 'we_00000000000000d1'
export const DEMO_WEBHOOK_TO_DELETE = 'we_00000000000000d2'

/** The key of the demo client: every example of the documentation can be sent with it as it stands. */
export const DEMO_API_KEY = 'demo-api-key-789'
