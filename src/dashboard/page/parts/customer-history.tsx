import type { Call } from '../../model/live-calls.js'
import { useShared } from '../context.js'
import { answered } from '../session.js'
import { useLoaded } from '../use-loaded.js'
import { PastCalls } from './past-calls.js'
import { FailureNote } from './failure-note.js'

/** The newest calls with the customer of a call or, where it names none, with its number. */
export function CustomerHistory({ call }: { readonly call: Call }) {
  const { texts } = useShared()
  const customerId = call.customerData?.['customerId']
  const query =
    typeof customerId === 'string'
      ? { customerId }
      : call.phoneNumber === undefined
        ? null
        : { phoneNumber: call.phoneNumber }
  return query === null ? <p class="quiet">{texts.drawer.noHistory}</p> : <History query={query} />
}

function History({ query }: { readonly query: { readonly customerId?: string; readonly phoneNumber?: string } }) {
  const { texts, ribbon } = useShared()
  const { data, failure, again } = useLoaded(`history ${JSON.stringify(query)}`, async (signal) =>
    answered(await ribbon.GET('/api/ribbon/calls', { params: { query: { ...query, pageSize: 10 } }, signal })),
  )
  if (failure !== null) return <FailureNote texts={texts} failure={failure} again={again} />
  if (data === null) return <p class="quiet">{texts.loading}</p>
  return <PastCalls title={texts.drawer.history} calls={data.calls} />
}
