/** The product, as its documentation and its root name it. */
export const PRODUCT = 'Exotel Call Ribbon API'

/** Where people read about the API. */
export const DOCS_PATH = '/docs'

/** Where programs do. */
export const CONTRACT_PATH = '/openapi.json'

/** A receiver on a ribbon. */
export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#1f4e79" d="M0 6h32l-4 10 4 10H0l4-10z"/>' +
  '<path fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" d="M11 12c0 5 4 9 9 9"/></svg>'

/** Where the life of a call is told, flow by flow. */
export const CALL_FLOWS_PATH = `${DOCS_PATH}/calls`

/** Where it is told what is measured of calls, and why so. */
export const ANALYTICS_PATH = `${DOCS_PATH}/analytics`

/** Where people see their calls. */
export const DASHBOARD_PATH = '/dashboard'
