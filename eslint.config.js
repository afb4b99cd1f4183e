import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Dependencies point one way: what each folder may not import, by pattern, and why. */
const layers = {
  schemas: [['**/services/**', '**/storage/**', '**/routes/**', '**/plugins/**', 'node:*', 'fastify*', '@fastify/*']],
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
      'kysely',
      'pg',
    ],
  ],
  'src/storage': [['**/services/**', '**/routes/**', '**/plugins/**', '**/schemas/**', 'fastify*', '@fastify/*']],
  'src/services': [
    [
      '**/storage/sql*/**',
      '**/storage/postgres/**',
      '**/routes/**',
      '**/plugins/**',
      'fastify*',
      '@fastify/*',
      'kysely',
      'pg',
    ],
  ],
  'src/routes': [['**/storage/**', '**/core/**', 'kysely', 'pg']],
  'src/plugins': [['**/storage/sql*/**', '**/storage/postgres/**', '**/routes/**', 'kysely', 'pg']],
}

export default defineConfig(
  globalIgnores(['dist/', 'node_modules/', '.tap/', 'src/client/api.ts', 'test/fixtures/']),
  {
    files: ['**/*.ts'],
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
    files: [`${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group, message: `${folder} must not depend on this: see the folder map in README.md` }] },
      ],
    },
  })),
)
