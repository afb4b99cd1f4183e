/** What begins as API keys do at the start of a word. An encoded character, such as `%2F`, ends the word before it. */
export const KEYS_IN_TEXT = /(?:(?<![A-Za-z0-9])|(?<=%(?:25)*[\dA-Fa-f]{2}))rk_[a-z]+_\w+/g
