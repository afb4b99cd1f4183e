/** Makes the typed client's package: `npm run pack-client`. */
import { packClient } from './client-package.js'

console.log(await packClient('dist'))
