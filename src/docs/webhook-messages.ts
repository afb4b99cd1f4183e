import type { PublishedMessage } from '../../schemas/webhook-messages.js'
import type { Components } from './components.js'
import type { Node } from './node.js'

const HEADERS = [
  {
    name: 'webhook-id',
    description: 'Which message it is: the same on every try.',
    example: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W',
  },
  { name: 'webhook-timestamp', description: 'When it was sent: seconds since 1970, UTC.', example: '1760265181' },
  {
    name: 'webhook-signature',
    description:
      'A signature of each secret that signs now, with a space between: `v1,` and, in base64, the HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`.',
    example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  },
].map((header) => ({ ...header, in: 'header', required: true, schema: { type: 'string' } }))

/** A message as an operation that the receiver has: see https://spec.openapis.org/oas/v3.1.0#fixed-fields, `webhooks`. */
export function publishedMessage(
  type: string,
  { schema, summary, example }: PublishedMessage,
  components: Components,
): Node {
  const words = type.split('.').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return {
    post: {
      operationId: `on${words.join('')}`,
      summary,
      description:
        'Answer with a status from 200 to 299 within ten seconds; anything else, and it is sent again later.',
      tags: ['Webhooks'],
      security: [],
      parameters: HEADERS,
      requestBody: {
        required: true,
        description: summary,
        content: { 'application/json': { schema: components.named(schema), example } },
      },
      responses: { '2XX': { description: 'It is received, and not sent again.' } },
    },
  }
}
