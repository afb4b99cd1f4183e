export const STYLESHEET = 'ribbon.css'

/** Over Swagger UI's own styles, and of the pages beside it. */
export const CSS = `:root {
  --ribbon: #1f4e79;
  --ink: #1b2733;
  --line: #d8dee6;
  --shade: #f3f6f9;
  --bar: 72px;
}

body {
  background: #fff;
  color: var(--ink);
}

/* The bar on top has the server and the keys, wherever one reads. */
.swagger-ui .scheme-container {
  position: sticky;
  z-index: 9;
  top: 0;
  order: -1;
  height: var(--bar);
  margin: 0;
  padding: 8px 0;
  border-bottom: 1px solid var(--line);
  box-shadow: none;
}
.swagger-ui .scheme-container .schemes {
  align-items: center;
}
.swagger-ui .scheme-container .schemes > div {
  gap: 0;
}
.swagger-ui .servers > label {
  margin: 0;
}
.swagger-ui > div:has(> .information-container) {
  display: flex;
  flex-direction: column;
}

/* What to know on the left, what to do on the right, where there is room for both. */
@media (min-width: 1200px) {
  .swagger-ui > div:has(> .information-container) {
    display: grid;
    grid-template: auto auto auto 1fr / minmax(420px, 36vw) 1fr;
  }
  .swagger-ui .scheme-container {
    grid-column: 1 / -1;
  }
  .swagger-ui .information-container {
    position: sticky;
    grid-row: 2 / -1;
    top: var(--bar);
    height: calc(100vh - var(--bar));
    overflow-y: auto;
    border-right: 1px solid var(--line);
  }
  .swagger-ui > div > .wrapper:not(.information-container) {
    grid-column: 2;
    min-width: 0;
  }
}

.swagger-ui .info {
  margin: 0;
  padding: 16px 0;
}
.swagger-ui .info .title {
  color: var(--ribbon);
  font-size: 24px;
}
.swagger-ui .info hgroup {
  margin: 0;
}
/* The address that the page has read says nothing that the introduction does not. */
.swagger-ui .info hgroup > a {
  display: none;
}
.swagger-ui .info h2 {
  margin: 28px 0 8px;
  padding-bottom: 4px;
  border-bottom: 1px solid var(--line);
  font-size: 18px;
}
.swagger-ui .info table {
  width: 100%;
  border-collapse: collapse;
}
.swagger-ui .info :is(th, td) {
  padding: 6px 8px 6px 0;
  border-bottom: 1px solid var(--line);
  font-size: 13px;
  text-align: left;
  vertical-align: top;
}
.swagger-ui .info pre:has(code) {
  padding: 12px;
  border-radius: 6px;
  background: var(--shade);
  font-size: 12px;
}
.swagger-ui :is(.markdown, .renderedMarkdown) code {
  padding: 1px 4px;
  background: var(--shade);
  color: var(--ink);
  font-size: 0.9em;
  font-weight: 400;
}
.swagger-ui :is(.markdown, .renderedMarkdown) pre code {
  padding: 0;
  background: none;
}

.swagger-ui .btn.authorize {
  border-color: var(--ribbon);
  color: var(--ribbon);
}
.swagger-ui .btn.authorize svg {
  fill: var(--ribbon);
}

/* Errors that any operation may answer are listed once, by code: here stands that there are some. */
.swagger-ui .response[data-code$='XX'] :is(.response-controls, .model-example),
.swagger-ui .response[data-code]:not([data-code^='2']) .headers-wrapper,
.swagger-ui .response-col_links {
  display: none;
}

/* One size of text in an operation, and words that stay whole. */
.swagger-ui .opblock-body :is(.parameter__name, .renderedMarkdown p, input, select) {
  font-size: 14px;
}
.swagger-ui .parameters .parameters-col_name {
  padding-right: 16px;
}
.swagger-ui .headers-wrapper td.header-col {
  font: 13px sans-serif;
  vertical-align: top;
}
.swagger-ui .opblock-body pre.microlight code,
.swagger-ui .info pre code {
  overflow-wrap: anywhere;
  white-space: pre-wrap;
  word-break: normal;
  hyphens: none;
}
/* The key of a POST may stand in its body, which Swagger UI takes for a lock that is closed already. */
.swagger-ui .opblock-post .authorization__btn {
  display: none;
}
/* Every operation can be tried at once: there is nothing to cancel. */
.swagger-ui .try-out__btn.cancel {
  display: none;
}
/* Not behind the bar, where a link leads there. */
.swagger-ui .opblock {
  scroll-margin-top: calc(var(--bar) + 8px);
}

.swagger-ui .code-samples .opblock-section-header {
  gap: 8px;
}
.swagger-ui .code-samples .opblock-section-header button {
  padding: 4px 12px;
  font-size: 13px;
  border: 1px solid var(--line);
  border-radius: 4px;
  background: #fff;
  color: var(--ink);
  cursor: pointer;
}
.swagger-ui .code-samples .opblock-section-header button[aria-pressed='true'] {
  border-color: var(--ribbon);
  background: var(--ribbon);
  color: #fff;
}
.swagger-ui .code-samples .highlight-code {
  margin: 12px 20px;
}
/* No button for downloads stands beside it. */
.swagger-ui .code-samples .copy-to-clipboard {
  right: 10px;
}

body.plain {
  max-width: 60rem;
  margin: 0 auto;
  padding: 24px;
  font: 16px/1.5 system-ui, sans-serif;
}
body.plain :is(h1, a) {
  color: var(--ribbon);
}
body.plain section {
  margin: 24px 0;
  padding: 1px 16px;
  border: 1px solid var(--line);
  border-radius: 6px;
}
body.plain section:target {
  border-color: var(--ribbon);
  box-shadow: 0 0 0 2px var(--ribbon);
}
body.plain h2 {
  font-size: 18px;
}
body.plain h2 small {
  color: #5b6b7b;
  font-weight: 400;
}
body.plain table {
  width: 100%;
  border-collapse: collapse;
  font-size: 13px;
}
body.plain :is(th, td) {
  padding: 4px 12px 4px 0;
  border-bottom: 1px solid var(--line);
  text-align: left;
  vertical-align: top;
}
body.plain td:not(:last-child) {
  white-space: nowrap;
}
body.plain td code {
  overflow-wrap: anywhere;
}
body.plain pre {
  padding: 12px;
  overflow-x: auto;
  border-radius: 6px;
  background: var(--shade);
  font-size: 13px;
}
`
