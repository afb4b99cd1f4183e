/**
 * The environment of a program that is not ours, a compiler for one: to take the coverage of it takes longer than all that it
 * does, and nobody reads that coverage.
 */
export const UNCOVERED = { ...process.env, _TAPJS_PROCESSINFO_COVERAGE_: '0' }
