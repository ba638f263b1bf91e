// Two projects: unit (pure, beside what they test) and int (real Kafka and PostgreSQL, started once for all of them).
import { defineConfig } from 'vitest/config';

const exclude = ['node_modules/**', 'dist/**', '.next/**', '.data/**', 'e2e/**'];

export default defineConfig({
  // As in next.config.js. Inline, so that the alias reaches use-intl's own imports.
  resolve: { alias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } },
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    server: { deps: { inline: ['use-intl'] } },
    projects: [
      // A thousand histories of a property take seconds, on a busy machine many.
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.int.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          include: ['**/*.int.test.ts'],
          exclude,
          globalSetup: ['test/global-setup.ts'],
          // After the unit tests: Vitest wants it said where projects differ in their workers.
          sequence: { groupOrder: 1 },
          // Each file has a database and topics of its own; more workers than cores only makes time-outs likelier.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
