/** A setting that cannot be used. Its message names the variable, for the person who set it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
