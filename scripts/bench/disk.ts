import { figuresOf, type Figure } from './figures.js'
import { storedCalls } from './ingest.js'
import { storedFigures, type Stores } from './stores.js'
import { bytesOnDisk, type Workspace } from './workspace.js'

const figure = figuresOf('disk')

/** What calls of two events take, with all that is kept about them. */
export async function measureDisk(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  const store = await stores.with(storedCalls(workspace))
  return [
    ...storedFigures(figure, store),
    figure('bytes an event', (await bytesOnDisk(store.url)) / store.events, 'B', { atMost: 600 }),
  ]
}
