import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const http = ['**/routes/**', '**/plugins/**', 'fastify*', '@fastify/*']

/** Dependencies point one way: what each folder may not import, by pattern, and why. */
const layers = {
  schemas: [['**/services/**', '**/storage/**', '**/clients/**', '**/http/**', 'node:*', ...http]],
  'src/core': [
    [
      '**/services/**',
      '**/storage/**',
      '**/routes/**',
      '**/plugins/**',
      '**/schemas/**',
      'node:*',
      'fastify*',
      '@fastify/*',
      '@sinclair/*',
      'pg',
    ],
  ],
  'src/storage': [['**/services/**', '**/clients/**', '**/jobs/**', '**/http/**', '**/schemas/**', ...http]],
  'src/services': [['**/storage/sql*/**', '**/storage/postgres/**', ...http, 'pg']],
  'src/webhooks': [['**/storage/sql*/**', '**/storage/postgres/**', '**/services/**', '**/http/**', ...http, 'pg']],
  'src/clients': [['**/storage/sql*/**', '**/storage/postgres/**', '**/services/**', '**/http/**', ...http]],
  // Asks Exotel, and knows nothing of who wants it.
  'src/exotel': [['**/services/**', '**/storage/**', '**/clients/**', '**/http/**', '**/schemas/**', ...http]],
  'src/reports': [['**/services/**', '**/storage/**', '**/clients/**', '**/http/**', ...http]],
  'src/metrics': [['**/storage/sql*/**', '**/storage/postgres/**', '**/services/**', '**/http/**', ...http]],
  'src/jobs': [['**/storage/sql*/**', '**/storage/postgres/**', '**/services/**', '**/http/**', ...http]],
  'src/http': [
    ['**/storage/sql*/**', '**/storage/postgres/**', '**/services/**', '**/routes/**', '**/plugins/**', 'pg'],
  ],
  'src/docs': [['**/storage/**', '**/clients/**', '**/services/**', '**/routes/**', '**/plugins/**', 'pg']],
  'src/routes': [['**/storage/**', '**/core/**', 'pg']],
  // A package of its own: it may import its own files, and what its own manifest names.
  'src/client': [['../*', 'node:*']],
  // Bundled for browsers: it asks the API by the typed client, and knows nothing else of the server.
  'src/dashboard': [
    ['**/core/**', '**/services/**', '**/storage/**', '**/clients/**', '**/docs/**', 'node:*', ...http],
  ],
  'src/plugins': [['**/storage/sql*/**', '**/storage/postgres/**', '**/routes/**', 'pg']],
}

export default defineConfig(
  globalIgnores(['dist/', 'node_modules/', '.tap/', 'src/client/api.ts', 'test/fixtures/']),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Fastify takes plugins, hooks and handlers as async functions, with something to await or not.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // tap awaits its subtests by itself.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': 'off' },
  },
  ...Object.entries(layers).map(([folder, [group]]) => ({
    files: [`${folder}/**/*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group, message: `${folder} must not depend on this: see the folder map in README.md` }] },
      ],
    },
  })),
)
