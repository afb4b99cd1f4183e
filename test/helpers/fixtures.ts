import { readFile } from 'node:fs/promises'

/** The project's own `test/fixtures/`, seen from the compiled tests in `dist/test/helpers/`. */
const FIXTURES = new URL('../../../test/fixtures/', import.meta.url)

/** A text of the API's documentation, word for word. */
export function fixture(path: string): Promise<string> {
  return readFile(new URL(path, FIXTURES), 'utf8')
}
