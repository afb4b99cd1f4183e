/** What every test is to cover: all that ships. Scripts and helpers are run by tests, not measured. */
export default function coverageMap(test: string): string[] | null {
  // What runs once more, on PostgreSQL, has been measured.
  return test.includes('/on-postgres/') ? null : ['dist/src/**/*.js', 'dist/schemas/**/*.js']
}
