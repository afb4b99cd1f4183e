/** `npm start`: the server, as its environment says. */
import { serveUntilSignal } from './serve.js'

await serveUntilSignal(process.env)
