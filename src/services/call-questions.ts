import type { Filters } from '../core/analytics/selection.js'
import type { Metric } from '../core/analytics/vocabulary.js'
import type { TimeRange } from '../core/range.js'
import { DEFAULTS } from '../core/defaults.js'
import { LIMITS } from '../core/limits.js'
import { fail } from '../errors.js'
import type { Client } from '../storage/port/clients.js'
import type { MissedCallWindow } from '../storage/port/missed-calls.js'
import type { CallsAnswer, CallsQuestion } from '../storage/port/questions.js'
import type { Storage } from '../storage/port/storage.js'

interface QuestionsAbout {
  readonly clientId: string
  readonly range: TimeRange
  /** IANA zone of hours and weekdays. */
  readonly zone: string
  /** Epoch milliseconds. */
  readonly now: number
  readonly window: MissedCallWindow
  readonly filters?: Filters
}

/** A client's window, as questions name it. */
export function windowOf({ missedCallWindowHours, missedCallWindowIn }: Client): MissedCallWindow {
  return { windowHours: missedCallWindowHours, windowIn: missedCallWindowIn }
}

type Answered = Extract<CallsAnswer, { readonly status: 'answered' }>

/** The questions of one report, which differ in what they measure and by what they group. */
export class CallQuestions {
  readonly range: TimeRange
  readonly zone: string
  readonly window: MissedCallWindow
  readonly #storage: Storage
  readonly #about: QuestionsAbout
  /** Resolves when the question before is answered: who asks for a report takes no more of the store's readers than others. */
  readonly #turn: { before: Promise<unknown> }

  constructor(storage: Storage, about: QuestionsAbout, turn = { before: Promise.resolve() as Promise<unknown> }) {
    this.range = about.range
    this.zone = about.zone
    this.window = about.window
    this.#storage = storage
    this.#about = about
    this.#turn = turn
  }

  /** Questions about another range, in turn with these. */
  about(range: TimeRange): CallQuestions {
    return new CallQuestions(this.#storage, { ...this.#about, range }, this.#turn)
  }

  /** @throws ApiError `question_too_large` */
  async ask(metrics: readonly Metric[], more: Partial<CallsQuestion> = {}): Promise<Answered> {
    const { window, ...about } = this.#about
    const asked = this.#turn.before.then(() =>
      this.#storage.askCalls({
        filters: {},
        groupBy: [],
        sort: null,
        limit: LIMITS.answeredGroups,
        fill: false,
        comparedTo: null,
        serviceLevelSeconds: DEFAULTS.serviceLevelSeconds,
        abandonSeconds: DEFAULTS.abandonSeconds,
        ...about,
        ...window,
        metrics,
        ...more,
      }),
    )
    this.#turn.before = asked.catch(() => undefined)
    const answer = await asked
    if (answer.status === 'answered') return answer
    fail('question_too_large', 'More would have to be counted than one report may cost: ask for a shorter range.')
  }
}
