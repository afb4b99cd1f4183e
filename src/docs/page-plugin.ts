/**
 * What Swagger UI is told beyond its settings. This function runs in the browser, where its text is sent: it refers to
 * nothing outside itself.
 */

/** The parts of Swagger UI's system that are used here. */
export interface SwaggerSystem {
  readonly React: {
    readonly createElement: (type: unknown, props: object | null, ...children: readonly unknown[]) => unknown
    readonly useState: <T>(initial: T) => readonly [T, (next: T) => void]
    readonly useEffect: (effect: () => void, when: readonly unknown[]) => void
  }
  readonly specSelectors: { specJson(): { getIn(path: readonly string[]): Listed<Sample> | undefined } }
  getComponent(name: string, container?: boolean): unknown
}

interface Listed<T> {
  toJS(): T[]
}

interface Sample {
  readonly lang: string
  readonly label: string
  readonly source: string
}

interface Parameter {
  readonly required?: boolean
  readonly schema: { default?: unknown }
}

export interface PageSpec {
  servers: { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>>
}

interface Browser {
  readonly location: { readonly href: string }
  readonly document: { querySelector(selector: string): { focus(): void; scroll(x: number, y: number): void } | null }
}

type Schemes = Listed<unknown> & { sortBy(rank: (scheme: { has(name: string): boolean }) => number): Schemes }

export function ribbonPage(system: SwaggerSystem) {
  const { createElement, useEffect, useState } = system.React
  const browser = globalThis as unknown as Browser

  /** The server that the page comes from takes the place of the example's, and what is optional is left to the server. */
  function forThisPage(spec: PageSpec, page: string): PageSpec {
    const home = page.replace(/\/docs\/?([?#].*)?$/, '')
    const own = JSON.parse(JSON.stringify(spec).replaceAll(String(spec.servers[0]?.url), home)) as PageSpec
    own.servers = [{ url: home }]
    for (const operation of Object.values(own.paths).flatMap((methods) => Object.values(methods))) {
      for (const parameter of operation.parameters ?? []) {
        if (parameter.required !== true) delete parameter.schema.default
      }
    }
    return own
  }

  function CodeSamples({ samples }: { readonly samples: readonly Sample[] }) {
    const [shown, show] = useState(0)
    const tabs = samples.map(({ label }, index) =>
      createElement(
        'button',
        {
          key: label,
          type: 'button',
          'aria-pressed': index === shown,
          onClick: () => {
            show(index)
          },
        },
        label,
      ),
    )
    const { lang, source } = samples[shown] as Sample
    const language = lang === 'Shell' ? 'bash' : 'javascript'
    return createElement(
      'div',
      { className: 'code-samples' },
      createElement('div', { className: 'opblock-section-header' }, createElement('h4', null, 'Code samples'), ...tabs),
      createElement(system.getComponent('HighlightCode', true), { language, canCopy: true }, source),
    )
  }

  return {
    statePlugins: {
      spec: {
        wrapActions: {
          updateJsonSpec: (original: (spec: PageSpec) => unknown) => (spec: PageSpec) =>
            original(forThisPage(spec, browser.location.href)),
        },
      },
      auth: {
        wrapSelectors: {
          // Swagger UI puts bearer tokens first, and this one is for the operator alone.
          definitionsToAuthorize:
            (original: (...args: readonly unknown[]) => Schemes) =>
            (...args: readonly unknown[]) =>
              original(...args).sortBy((scheme) => Number(scheme.has('adminToken'))),
        },
      },
    },
    wrapComponents: {
      authorizationPopup: (Original: unknown) => (props: object) => {
        // Each of its fields asks for the focus, and the last one gets it.
        useEffect(() => {
          browser.document.querySelector('.auth-container input')?.focus()
          browser.document.querySelector('.modal-ux-content')?.scroll(0, 0)
        }, [])
        return createElement(Original, props)
      },
      responses: (Original: unknown) => (props: { readonly path: string; readonly method: string }) => {
        const { path, method } = props
        const samples = system.specSelectors.specJson().getIn(['paths', path, method, 'x-codeSamples'])
        return createElement(
          'div',
          null,
          samples && createElement(CodeSamples, { samples: samples.toJS() }),
          createElement(Original, props),
        )
      },
    },
  }
}
