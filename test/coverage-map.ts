/** What every test is to cover: all that ships. Scripts and helpers are run by tests, not measured. */
export default function coverageMap(): string[] {
  return ['dist/src/**/*.js', 'dist/schemas/**/*.js']
}
