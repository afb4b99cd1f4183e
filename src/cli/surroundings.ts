/** What a command reads and writes: its process's own, or what a test gives it in place of them. */

type Terminal<Stream> = Stream & { readonly isTTY?: boolean }

export type Output = Terminal<NodeJS.WritableStream>

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly input: Terminal<NodeJS.ReadableStream>
  readonly output: Output
  readonly errors: Output
  /** Lines on the output, and on the error stream. */
  readonly console: Pick<Console, 'log' | 'error'>
}
