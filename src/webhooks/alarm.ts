/** Lets one wait, for a while, until something happens. What happens before it waits is not missed. */
export class Alarm {
  #isAwake = false
  #onWake: (() => void) | null = null

  /** Something has happened. */
  wake(): void {
    this.#isAwake = true
    this.#onWake?.()
  }

  /** Resolves when something happens, at once when something has since the last time, and after `ms` at the latest. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const goOn = (): void => {
        clearTimeout(timer)
        this.#onWake = null
        this.#isAwake = false
        resolve()
      }
      const timer = setTimeout(goOn, this.#isAwake ? 0 : ms)
      this.#onWake = goOn
    })
  }
}
