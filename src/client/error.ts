import type { components } from './api.js'

type Problem = components['schemas']['Problem']

/** The server, or a proxy before it, refused. */
export class RibbonError extends Error {
  override readonly name = 'RibbonError'
  readonly status: number
  /** What the server says of it (RFC 9457); absent when a proxy answered, which does not speak the API's language. */
  readonly problem?: Problem

  constructor(response: Response, answer: unknown) {
    const problem = isProblem(answer) ? answer : undefined
    super(problem?.detail ?? `The server answered ${String(response.status)}.`)
    this.status = response.status
    if (problem) this.problem = problem
  }

  /** Why, as the contract's list of codes has it: this is what to tell errors apart by. */
  get code(): Problem['code'] | undefined {
    return this.problem?.code
  }
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'code' in answer
}
