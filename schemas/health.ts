import { Type, type Static } from '@sinclair/typebox'
import { Count, StringEnum, Text } from './common.js'
import { examplesOf } from './examples.js'

export const HealthSchema = Type.Object(
  {
    status: StringEnum(['healthy'], { description: 'The process answers.' }),
    version: Text('Version of the server.', '2.0.0'),
    uptime: Count('Whole seconds since the server started.', 86400),
  },
  {
    $id: 'ServerHealth',
    description: 'The server is up.',
    examples: [{ status: 'healthy', version: '2.0.0', uptime: 86400 }],
  },
)
export type Health = Static<typeof HealthSchema>

export const LivenessSchema = Type.Object(
  { status: StringEnum(['alive'], { description: 'The process answers.' }) },
  { $id: 'Liveness', description: 'The process need not be restarted.', examples: [{ status: 'alive' }] },
)

export const ReadinessSchema = Type.Object(
  {
    status: StringEnum(['ready'], { description: 'The server can serve.' }),
    storage: StringEnum(['ok', 'behind'], {
      description:
        '`ok`: the store answers. `behind`: it answers from what was committed earlier, because it cannot write now, a full disk for one.',
    }),
  },
  { $id: 'Readiness', description: 'Requests can be sent here.', examples: examplesOf('Readiness') },
)
export type Readiness = Static<typeof ReadinessSchema>
