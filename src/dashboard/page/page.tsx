/** The whole page: who is signed in, in which language, and what they look at. */
import { useEffect, useState } from 'preact/hooks'
import { languageOf } from '../model/choice.js'
import type { Failure } from '../model/failure.js'
import { en } from '../texts/en.js'
import { hi } from '../texts/hi.js'
import { ClientPage } from './client-page.js'
import { Bar } from './parts/bar.js'
import { ClientSwitch } from './parts/client-switch.js'
import { enter, signedIn, signOut } from './session.js'
import { useChoice } from './use-choice.js'
import { SignIn } from './views/sign-in.js'

const TEXTS = { en, hi } as const

export function Page() {
  const [choice, choose] = useChoice()
  const [signed, setSigned] = useState(signedIn)
  const [refused, setRefused] = useState<Failure | null>(null)
  const language = languageOf(choice, navigator.languages)
  const texts = TEXTS[language]
  // Dates of English vary by country: the browser knows which.
  const locale = navigator.languages.find((tag) => tag.startsWith(language)) ?? language

  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dataset['theme'] = choice.theme
    document.title = `${texts.views[choice.view]} · ${texts.title}`
  }, [language, choice.theme, choice.view])

  const leave = (failure: Failure | null) => {
    setRefused(failure)
    void signOut().finally(() => {
      setSigned(null)
    })
  }
  const onFailure = (failure: Failure) => {
    if (failure.kind === 'key') leave(failure)
  }
  const adminToken = signed?.adminToken ?? null
  const show = async (clientId: string) => {
    if (adminToken === null || clientId === '') return
    await enter(adminToken, clientId)
    setSigned(signedIn())
    choose({ client: clientId, agent: '', number: '', call: '' })
  }

  const bar = (
    <Bar
      texts={texts}
      choice={choice}
      choose={choose}
      onSignOut={
        signed === null
          ? null
          : () => {
              choose({ client: '', agent: '', number: '', call: '', phone: '' })
              leave(null)
            }
      }
    >
      {adminToken !== null && (
        <ClientSwitch
          texts={texts}
          adminToken={adminToken}
          chosen={choice.client}
          onChoose={show}
          onFailure={onFailure}
        />
      )}
    </Bar>
  )
  if (signed === null) {
    const onSigned = () => {
      setRefused(null)
      setSigned(signedIn())
    }
    return (
      <>
        {bar}
        <SignIn texts={texts} refused={refused} onSigned={onSigned} />
      </>
    )
  }
  if (signed.apiKey === null) {
    return (
      <>
        {bar}
        <main class="notice">
          <p>{texts.noClient}</p>
        </main>
      </>
    )
  }
  return (
    <>
      {bar}
      <ClientPage
        key={signed.apiKey}
        apiKey={signed.apiKey}
        texts={texts}
        locale={locale}
        choice={choice}
        choose={choose}
        onFailure={onFailure}
      />
    </>
  )
}
