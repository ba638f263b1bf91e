// Lint finds mistakes and enforces which folder may import which. The formatter decides the layout (.oxfmtrc.json).
import { rooms } from './scripts/floors.mjs';

/** @typedef {{ group?: string[], regex?: string, message: string }} Pattern */
const restrict = (/** @type {Pattern[]} */ ...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

const serverOnly = [
  {
    regex: '(^|/)(components|app|pages)(/|$)',
    message: 'The server does not know the screens: code that both need belongs in server/protocol.',
  },
];
const noSimulator = {
  regex: '(^|/)simulator(/|$)',
  message: "The simulator stands in for other people's system: the server may know it only over the wire.",
};
const noTestSupport = {
  regex: '(^|/)(test|simulator|scripts|bench|chaos|e2e)/',
  message: 'Shipped code must not depend on tools or on test support.',
};
const screenOnly = [
  {
    group: ['**/server/**', '!**/server/protocol/**'],
    message:
      'A screen knows the server only by the messages in server/protocol: ' +
      'any other import would put server code into the browser.',
  },
];

const houses = {
  server: rooms('server', [...serverOnly, noTestSupport]),
  components: rooms('components', [...screenOnly, noTestSupport]),
};
const liveOnly = houses.components.find(({ files: [files] }) => files === 'components/live/**')?.patterns;

export default {
  plugins: ['typescript', 'unicorn', 'oxc', 'react', 'import', 'promise', 'node', 'jsx-a11y', 'nextjs', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  env: { builtin: true, node: true, browser: true },
  ignorePatterns: ['server/db/generated/**', '.next/**', 'dist/**', 'next-env.d.ts', '.data/**'],
  rules: {
    // JSX is compiled with the automatic runtime.
    'react/react-in-jsx-scope': 'off',
    // Order is the purpose of this system, so things are often awaited one after another on purpose.
    'no-await-in-loop': 'off',
    // A shadowed name in a small scope (error, row, id) reads better than an invented one.
    'no-shadow': 'off',
    'no-underscore-dangle': 'off',
    // Next.js takes style sheets by imports such as that of app/globals.css.
    'import/no-unassigned-import': 'off',
    // Nearly every array that is sorted was just made, so one more copy helps nobody.
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'vitest/require-mock-type-parameters': 'off',
    // pg is CommonJS and must be imported by its default export.
    'import/no-named-as-default-member': 'off',
    // Loops wait for values that callbacks change.
    'no-unmodified-loop-condition': 'off',
    // A live region is best marked with role="status", and a plain link leaves the app for a page of the server.
    'jsx-a11y/prefer-tag-over-role': 'off',
    'nextjs/no-html-link-for-pages': 'off',
    'vitest/require-to-throw-message': 'off',
    // A click on a dialog's backdrop closes it. Escape closes it without our code.
    'jsx-a11y/no-noninteractive-element-interactions': 'off',
    'jsx-a11y/click-events-have-key-events': 'off',
    // These rules want code for the React Compiler, which is not used: an effect may depend on a value only to run
    // again.
    'react/exhaustive-effect-dependencies': 'off',
    'react/memo-dependencies': 'off',
    'react/set-state-in-effect': 'off',
    'no-unused-vars': [
      'error',
      { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
    ],
    'promise/always-return': 'off',
    'promise/no-callback-in-promise': 'off',
    // It takes `catch` of zod for that of a promise; the compiler checks the parameters of both.
    'promise/valid-params': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'node/no-process-env': 'error',
    'import/no-cycle': 'error',
  },
  overrides: [
    {
      files: [
        'server/config.ts',
        'server/main.ts',
        'server/kafka/replay-topic.ts',
        'server/kafka/make-topic.ts',
        'simulator/config.ts',
        'scripts/**',
        'bench/**',
        'chaos/**',
        'e2e/**',
        'test/**',
        '**/*.test.ts',
        '**/*.test.tsx',
        '*.config.{ts,js,mjs}',
      ],
      rules: { 'node/no-process-env': 'off' },
    },
    {
      files: ['components/**', 'app/**', 'pages/**'],
      rules: {
        'react/forbid-elements': [
          'error',
          {
            forbid: [
              {
                element: 'form',
                message:
                  'Use Form of components/ui/form.tsx: ' +
                  "the browser itself sends a bare form before the page's script runs.",
              },
            ],
          },
        ],
        ...restrict(...screenOnly, noTestSupport),
      },
    },
    { files: ['components/ui/form.tsx'], rules: { 'react/forbid-elements': 'off' } },
    { files: ['server/**'], rules: restrict(...serverOnly, noTestSupport) },

    // The floors: each room may import only those below it. Rules of later overrides replace earlier ones, so each
    // override repeats all.
    ...[...houses.server, ...houses.components, ...rooms('components/live', liveOnly)].map(({ files, patterns }) => ({
      files,
      rules: restrict(...patterns),
    })),

    {
      // Tests in tables and with generated histories: titles are values, an expectation may depend on the history, and
      // a second argument says which check failed. A test may set up parts that stand above the part it tests.
      files: ['**/*.test.ts', '**/*.test.tsx'],
      rules: {
        'vitest/valid-title': 'off',
        'vitest/no-conditional-expect': 'off',
        'vitest/expect-expect': 'off',
        'vitest/valid-expect': ['error', { maxArgs: 2 }],
      },
    },
    { files: ['components/**/*.test.{ts,tsx}'], rules: restrict(...screenOnly) },
    { files: ['server/**/*.test.ts'], rules: restrict(...serverOnly, noSimulator) },
    {
      // The whole pipeline is tested against the stand-in for the ordering platform, over HTTP and Kafka.
      files: ['server/**/*.int.test.ts'],
      rules: restrict(...serverOnly, {
        group: ['**/simulator/**', '!**/simulator/platform.ts'],
        message: 'Tests may use the stand-in platform, and nothing else of the simulator.',
      }),
    },
    // This test compares the screen's prediction of a command with the server's own result.
    { files: ['components/live/board/predict.test.ts'], rules: { 'no-restricted-imports': 'off' } },
    {
      files: ['server/protocol/**'],
      rules: restrict(
        { regex: '^\\.\\./', message: 'Browser and server share server/protocol: it must not pull in either.' },
        { regex: '^node:', message: 'server/protocol runs in the browser, too.' },
      ),
    },
    {
      files: ['server/protocol/rules/**'],
      rules: restrict(
        { regex: '^\\.\\./\\.\\./', message: 'Browser and server share server/protocol: it must not pull in either.' },
        { regex: '^node:', message: 'server/protocol runs in the browser, too.' },
      ),
    },
    { files: ['server/protocol/**/*.test.ts'], rules: restrict(...serverOnly, noSimulator) },
    {
      files: ['simulator/**'],
      rules: restrict({
        // The way to a broker is no data of theirs: both sides take the same variables for it.
        group: ['**/server/**', '**/components/**', '**/app/**', '!**/server/config/**', '!**/server/kafka/sasl.ts'],
        message:
          "The simulator stands in for other people's system: shared code would hide where we misread their data.",
      }),
    },
  ],
};
