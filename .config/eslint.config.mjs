import { fileURLToPath } from 'node:url';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What would let the core see the machine: its clock, its chance, its timers, its process. */
const OUTSIDE_WORLD = [
  ['Date', 'Time is event.at.'],
  ['performance', 'Time is event.at.'],
  ['crypto', 'Chance is a seed in the parameters; identity is (bot, sequence).'],
  ['setTimeout', 'The core waits for nothing; the trader owns the clock.'],
  ['setInterval', 'The core waits for nothing; the trader owns the clock.'],
  ['setImmediate', 'The core waits for nothing; the trader owns the clock.'],
  ['queueMicrotask', 'The core is synchronous.'],
  ['process', 'The core knows no process.'],
  ['console', 'The core tells by its effects.'],
  ['fetch', 'The core has no I/O.'],
].map(([name, message]) => ({ name, message }));

/**
 * The linter says what the compiler cannot: promises nobody waits for, switches that forget a kind, files that grew past one idea.
 * Layout is Prettier's, layers and cycles are test/architecture's; none of that is repeated here.
 */
export default defineConfig(
  { ignores: ['dist/**', 'dist.*/**', 'node_modules/**', 'data/**'] },
  {
    files: ['daemon/**/*.ts', 'db/**/*.ts', 'mobile/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: root },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/ban-ts-comment': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export it by its name, so that it has one name everywhere.' },
      ],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'start' }],
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      // An exhaustive switch over kinds is one decision, however many kinds there are.
      complexity: ['error', { max: 14, variant: 'modified' }],
      'prefer-const': 'error',
      'no-var': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['daemon/core/**/*.ts', 'daemon/strategies/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...OUTSIDE_WORLD],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Chance is a seed in the parameters.' }],
    },
  },
  {
    // A describe block is a chapter, not a function; a matcher such as expect.stringContaining is typed as anything.
    files: ['test/**/*.{ts,tsx}'],
    rules: { 'max-lines-per-function': 'off', complexity: 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    // Fixtures stand for what users bring: a strategy file with a default export among it.
    files: ['**/*.config.ts', 'test/**/fixtures/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
