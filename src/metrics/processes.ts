/**
 * Figures of several server processes, as one: whichever process is asked, the primary asks them all. One that does not answer
 * in time is left out, and `ribbon_processes` says how many have.
 */
import cluster, { type Worker } from 'node:cluster'
import { AggregatorRegistry } from 'prom-client'
import { isWelcome } from '../welcome.js'
import type { Figures, Metrics } from './metrics.js'

/** A process answers within half a second; this is for the way there and back. */
const ANSWER_MS = 900

type ToPrimary = { readonly figuresFor: number; readonly figures: Figures } | { readonly wantsText: number }
type ToWorker = { readonly wantsFigures: number } | { readonly textFor: number; readonly text: string }

/** In the primary: hears of all workers. @returns what makes the text of their figures together */
export function sumOfWorkers(): () => Promise<string> {
  const ready = new Set<Worker>()
  const waiting = new Map<number, (figures: Figures) => void>()
  let lastId = 0
  const ask = (worker: Worker): Promise<Figures | null> => {
    const id = (lastId += 1)
    return new Promise((resolve) => {
      const end = (figures: Figures | null): void => {
        clearTimeout(late)
        waiting.delete(id)
        resolve(figures)
      }
      const late = setTimeout(end, ANSWER_MS, null)
      waiting.set(id, end)
      worker.send({ wantsFigures: id } satisfies ToWorker, (error) => {
        if (error !== null) end(null)
      })
    })
  }
  const text = async (): Promise<string> => {
    const all = await Promise.all([...ready].map(ask))
    return AggregatorRegistry.aggregate(all.filter((figures) => figures !== null)).metrics()
  }
  cluster.on('exit', (worker) => ready.delete(worker))
  cluster.on('message', (worker: Worker, message: ToPrimary | object) => {
    if (isWelcome(message)) ready.add(worker)
    else if ('figuresFor' in message) waiting.get(message.figuresFor)?.(message.figures)
    else if ('wantsText' in message) {
      const { wantsText: textFor } = message
      // One that is gone by then wants it no more.
      void text().then((text) => worker.send({ textFor, text } satisfies ToWorker, () => undefined))
    }
  })
  return text
}

/** In a worker: answers the primary. @returns what asks it for the text of all processes' figures */
export function askPrimary(metrics: Metrics): () => Promise<string> {
  const say = (message: ToPrimary): void => {
    cluster.worker?.send(message)
  }
  const waiting = new Map<number, (text: string) => void>()
  let lastId = 0
  process.on('message', (message: ToWorker) => {
    if ('textFor' in message) {
      waiting.get(message.textFor)?.(message.text)
      waiting.delete(message.textFor)
      return
    }
    const { wantsFigures: figuresFor } = message
    void metrics.figures().then((figures) => {
      say({ figuresFor, figures })
    })
  })
  return () => {
    const id = (lastId += 1)
    return new Promise((resolve) => {
      waiting.set(id, resolve)
      say({ wantsText: id })
    })
  }
}
