import { PROBLEM_EXAMPLES } from '../../schemas/problem-examples.js'
import { ERRORS, type ErrorCode } from '../errors.js'
import { ERROR_MEANINGS } from './error-meanings.js'
import { docsPage, html } from './page.js'

/** The page that a problem's `type` leads to: every code, each at an anchor of its name. */
export function errorsPage(): string {
  const codes = Object.keys(ERRORS) as ErrorCode[]
  return docsPage(
    'Errors',
    `    <p>
      Errors are <code>application/problem+json</code> (RFC 9457). <code>code</code> is for programs: it never changes its
      meaning. <code>detail</code> is for people. Back to the <a href="../docs">documentation</a>.
    </p>
${codes.map(entry).join('\n')}`,
  )
}

function entry(code: ErrorCode): string {
  const { status, title } = ERRORS[code]
  const { when, remedy } = ERROR_MEANINGS[code]
  return `    <section id="${code}">
      <h2><a href="#${code}">${code}</a> <small>${String(status)} ${title}</small></h2>
      <p>${html(when)}</p>
      <p>${html(remedy)}</p>
      <pre>${html(JSON.stringify(PROBLEM_EXAMPLES[code], null, 2))}</pre>
    </section>`
}
