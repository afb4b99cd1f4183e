import t from 'tap'
import { type PageSpec, ribbonPage, type SwaggerSystem } from '../../src/docs/page-plugin.js'

interface Element {
  readonly type: unknown
  readonly props: Readonly<Record<string, unknown>> | null
  readonly children: readonly (Element | string | undefined)[]
}

const SAMPLES = [
  { lang: 'Shell', label: 'curl', source: 'curl …' },
  { lang: 'TypeScript', label: 'TypeScript', source: 'await …' },
]
const effects: (() => void)[] = []
let state: unknown

/** As much of Swagger UI's system as the plugin uses: elements are plain values, and there is one state. */
const system: SwaggerSystem = {
  React: {
    createElement: (type, props, ...children) => ({ type, props, children }),
    useState: <T>(initial: T) => [(state ??= initial) as T, (next: T) => (state = next)] as const,
    useEffect: (effect) => effects.push(effect),
  },
  specSelectors: {
    specJson: () => ({ getIn: ([, path]) => (path === '/sampled' ? { toJS: () => SAMPLES } : undefined) }),
  },
  getComponent: (name) => name,
}

/** What an element comes to when functions among its types are called, as text. */
function textOf(node: Element | string | undefined): string {
  if (typeof node !== 'object') return node ?? ''
  const { type, props, children } = node
  return typeof type === 'function'
    ? textOf((type as (props: unknown) => Element)(props))
    : children.map(textOf).join(' ')
}

const { statePlugins, wrapComponents } = ribbonPage(system)
const { updateJsonSpec } = statePlugins.spec.wrapActions

const SPEC: PageSpec = {
  servers: [{ url: 'http://127.0.0.1:3000' }, { url: '{origin}' }],
  paths: {
    '/a': {
      get: {
        parameters: [
          { required: true, schema: { default: 1 } },
          { required: false, schema: { default: 2 } },
        ],
      },
      post: {},
    },
  },
}

/** The document as a page at an address sees it. */
function seenFrom(href: string): PageSpec {
  Object.assign(globalThis, { location: { href } })
  return updateJsonSpec((spec) => spec)(SPEC) as PageSpec
}

t.test('requests go to the server that the page came from', async (t) => {
  for (const [page, server] of [
    ['http://localhost:8080/docs', 'http://localhost:8080'],
    ['https://ribbon.example/docs/#/Calls', 'https://ribbon.example'],
    ['https://example.com/ribbon/docs?a=b', 'https://example.com/ribbon'],
  ] as const) {
    t.strictSame(seenFrom(page).servers, [{ url: server }], page)
  }
})

t.test('what is optional is left empty, for the server to fill in', async (t) => {
  const { paths } = seenFrom('http://localhost/docs')
  t.strictSame(
    paths['/a']?.['get']?.parameters?.map(({ schema }) => schema),
    [{ default: 1 }, {}],
  )
  t.same(SPEC.paths['/a']?.['get']?.parameters?.[1]?.schema, { default: 2 }, 'in the page alone')
})

t.test('the admin token is asked for last', async (t) => {
  const schemes = {
    sortBy: (rank: (scheme: { has(name: string): boolean }) => number) =>
      ['adminToken', 'apiKey'].sort(
        (a, b) => rank({ has: (name) => name === a }) - rank({ has: (name) => name === b }),
      ),
  }
  const { definitionsToAuthorize } = statePlugins.auth.wrapSelectors
  t.strictSame(definitionsToAuthorize(() => schemes as never)(), ['apiKey', 'adminToken'])
})

t.test('the first field of the dialog has the focus, and is in view', async (t) => {
  const done: string[] = []
  const part = (name: string) => ({
    focus: () => done.push(`focus ${name}`),
    scroll: () => done.push(`scroll ${name}`),
  })
  Object.assign(globalThis, { document: { querySelector: part } })
  t.match(wrapComponents.authorizationPopup('Popup')({ a: 1 }), { type: 'Popup', props: { a: 1 } })
  for (const effect of effects) effect()
  t.strictSame(done, ['focus .auth-container input', 'scroll .modal-ux-content'])

  Object.assign(globalThis, { document: { querySelector: () => null } })
  for (const effect of effects) effect()
  t.equal(done.length, 2, 'a dialog that is gone again is left alone')
})

t.test('code samples stand before the responses, one language at a time', async (t) => {
  const Responses = wrapComponents.responses('Responses')
  const sampled = Responses({ path: '/sampled', method: 'get' }) as Element
  t.match(textOf(sampled), /curl TypeScript curl …/)

  const [samples] = sampled.children as readonly [Element]
  const rendered = (samples.type as (props: unknown) => Element)(samples.props)
  const [header] = rendered.children as readonly [Element]
  const [, , second] = header.children as readonly Element[]
  ;(second?.props?.['onClick'] as () => void)()
  t.match(textOf(sampled), /curl TypeScript await …/)
})

t.test('an operation without samples shows its responses as ever', async (t) => {
  const plain = wrapComponents.responses('Responses')({ path: '/plain', method: 'get' }) as Element
  t.equal(plain.children[0], undefined)
  t.match(plain.children[1], { type: 'Responses', props: { path: '/plain' } })
})
