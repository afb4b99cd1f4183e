import { useEffect, useState } from 'preact/hooks'
import { useShared } from './context.js'
import { useLoaded, type Loaded } from './use-loaded.js'

interface Listing<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
}

interface Pages<Item, Page> {
  readonly first: Loaded<Page>
  readonly items: readonly Item[]
  /** Null: there is no further page. */
  readonly more: (() => void) | null
}

/** A list, page after page. @param key names the list: it starts anew when that changes */
export function usePages<Item, Page extends Listing<Item>>(
  key: string,
  load: (cursor: string | null, signal?: AbortSignal) => Promise<Page & Listing<Item>>,
): Pages<Item, Page> {
  const { version } = useShared()
  const first = useLoaded(key, (signal) => load(null, signal))
  const [further, setFurther] = useState<Listing<Item> | null>(null)
  useEffect(() => {
    setFurther(null)
  }, [key, version])
  const last = further ?? first.data
  const cursor = last?.nextCursor ?? null
  const more = async () => {
    const page = await load(cursor)
    setFurther((before) => ({ items: [...(before?.items ?? []), ...page.items], nextCursor: page.nextCursor }))
  }
  return {
    first,
    items: [...(first.data?.items ?? []), ...(further?.items ?? [])],
    more: cursor === null ? null : () => void more(),
  }
}
