import { Type, type Static } from '@sinclair/typebox'
import { FEATURES } from '../src/core/vocabulary/clients.js'
import { FeatureSchema, PlanSchema, Text, UsageSchema } from './common.js'

export const RibbonConfigSchema = Type.Object(
  {
    features: Type.Array(FeatureSchema, { maxItems: FEATURES.length, description: 'What the ribbon may offer.' }),
    plan: PlanSchema,
    usage: UsageSchema,
    timezone: Text('IANA time zone of the client’s days and months.', 'Asia/Kolkata'),
  },
  {
    $id: 'RibbonConfig',
    description: 'How the client is set up.',
    examples: [
      {
        features: ['call', 'mute', 'hold', 'dtmf'],
        plan: 'trial',
        usage: { callsThisMonth: 25, limit: 100, remaining: 75 },
        timezone: 'Asia/Kolkata',
      },
    ],
  },
)
export type RibbonConfig = Static<typeof RibbonConfigSchema>
