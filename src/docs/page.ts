import { PRODUCT } from './product.js'
import { STYLESHEET } from './stylesheet.js'

/** A page of the documentation beside Swagger UI, in its style. @param body HTML */
export function docsPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${title} · ${PRODUCT}</title>
    <link rel="stylesheet" href="static/theme/${STYLESHEET}" />
  </head>
  <body class="plain">
    <h1>${title}</h1>
${body}
  </body>
</html>
`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Text with code spans as HTML. */
export function html(text: string): string {
  return text.replace(/[&<>]/g, (character) => String(ENTITIES[character])).replace(/`([^`]+)`/g, '<code>$1</code>')
}
