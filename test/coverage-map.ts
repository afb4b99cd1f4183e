/**
 * What every test is to cover: all that ships. Scripts and helpers are run by tests, not measured. The dashboard's page is bundled
 * for browsers, where nothing measures it: test/e2e/dashboard.test.ts uses it there. What it computes is in src/dashboard/model.
 */
export default function coverageMap(test: string): string[] | null {
  // What these run, others have measured.
  return /\/(?:attack|on-postgres)\//.test(test)
    ? null
    : ['dist/src/**/*.js', 'dist/threads/*.js', 'dist/schemas/**/*.js']
}
