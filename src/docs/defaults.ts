import { loadConfig } from '../config.js'

/** What a server does that nobody configured: the document describes that one. */
export const DEFAULT_CONFIG = loadConfig({})

/** Where such a server is. */
export const LOCAL_ORIGIN = `http://${DEFAULT_CONFIG.host}:${String(DEFAULT_CONFIG.port)}`
