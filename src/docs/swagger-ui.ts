import type { FastifySwaggerUiOptions } from '@fastify/swagger-ui'
import { ribbonPage } from './page-plugin.js'
import { DOCS_PATH, ICON, PRODUCT } from './product.js'
import { streamRequest } from './stream-request.js'
import { CSS, STYLESHEET } from './stylesheet.js'

/** Pages of the documentation run the server’s own scripts, and talk to the server alone. */
export const CONTENT_SECURITY_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
}

/** Swagger UI as the product's own page. */
export const SWAGGER_UI: FastifySwaggerUiOptions = {
  routePrefix: DOCS_PATH,
  theme: {
    title: PRODUCT,
    css: [{ filename: STYLESHEET, content: CSS }],
    favicon: [{ filename: 'icon.svg', rel: 'icon', type: 'image/svg+xml', sizes: 'any', content: ICON }],
  },
  uiConfig: {
    // Without the bar on top, which has Swagger's logo and a box for other documents.
    layout: 'BaseLayout',
    plugins: [ribbonPage],
    requestInterceptor: streamRequest,
    defaultModelsExpandDepth: 0,
    tryItOutEnabled: true,
    // It would be kept in the browser for whoever sits at it next.
    persistAuthorization: false,
    displayRequestDuration: true,
  },
}
