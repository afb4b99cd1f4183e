import { useEffect, useState } from 'preact/hooks'
import { failureOf, type Failure } from '../../model/failure.js'
import type { Texts } from '../../texts/en.js'
import { answered, clientWith } from '../session.js'
import { Select } from './select.js'

interface ClientSwitchProps {
  readonly texts: Texts
  readonly adminToken: string
  readonly chosen: string
  readonly onChoose: (clientId: string) => Promise<void>
  readonly onFailure: (failure: Failure) => void
}

/** Which client the operator looks at. */
export function ClientSwitch({ texts, adminToken, chosen, onChoose, onFailure }: ClientSwitchProps) {
  const [clients, setClients] = useState<readonly (readonly [string, string])[]>([])
  const fail = (error: unknown) => {
    onFailure(failureOf(error))
  }
  useEffect(() => {
    clientWith({ adminToken })
      .GET('/api/admin/clients')
      .then(answered)
      .then((told) => {
        setClients(told.map(({ clientId, name }) => [clientId, name]))
      })
      .catch(fail)
    onChoose(chosen).catch(fail)
  }, [adminToken])
  return (
    <Select
      label={texts.client}
      value={chosen}
      options={[['', texts.noClient] as const, ...clients]}
      onChoose={(clientId) => {
        onChoose(clientId).catch(fail)
      }}
    />
  )
}
