import type { ComponentChildren } from 'preact'
import { type Choice, LANGUAGES, THEMES } from '../../model/choice.js'
import { en, type Texts } from '../../texts/en.js'
import { hi } from '../../texts/hi.js'
import type { Choose } from '../context.js'
import { Select } from './select.js'

const NAMES = { en: en.language, hi: hi.language } as const

interface BarProps {
  readonly texts: Texts
  readonly choice: Choice
  readonly choose: Choose
  readonly onSignOut: (() => void) | null
  readonly children: ComponentChildren
}

export function Bar({ texts, choice, choose, onSignOut, children }: BarProps) {
  const language = LANGUAGES.find((one) => NAMES[one] === texts.language) ?? 'en'
  return (
    <header class="bar">
      <a class="skip" href="#calls">
        {texts.skip}
      </a>
      <strong class="product">Exotel Call Ribbon</strong>
      {children}
      <span class="space" />
      <a href="/docs">{texts.documentation}</a>
      <Select
        label={texts.languageLabel}
        value={language}
        options={LANGUAGES.map((one) => [one, NAMES[one]])}
        onChoose={(one) => {
          choose({ language: one })
        }}
      />
      <Select
        label={texts.theme.label}
        value={choice.theme}
        options={THEMES.map((theme) => [theme, texts.theme[theme]])}
        onChoose={(theme) => {
          choose({ theme })
        }}
      />
      {onSignOut !== null && (
        <button type="button" onClick={onSignOut}>
          {texts.signOut}
        </button>
      )}
    </header>
  )
}
