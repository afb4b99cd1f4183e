/** Giving back to the disk what removed rows took. */
import type { Transaction } from '../transaction.js'

/** Pages at a time: few enough that whoever writes next hardly waits. */
const PAGES = 64

/**
 * On SQLite, shortens the file by what is free in it, as far as the file was made to be shortened: those of earlier versions are
 * once they were restored from a compact backup. A server's own vacuum finds what can be used again.
 */
export function giveBack(tx: Transaction): void {
  if (tx.engine !== 'sqlite') return
  // The driver takes one step of a statement, which is one page.
  for (let page = 0; page < PAGES; page++) tx.run('pragma incremental_vacuum(1)', [])
}
