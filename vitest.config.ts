// Two projects: unit (pure, beside the code under test) and int (real Kafka and PostgreSQL, started once for all of
// them).
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';

const exclude = ['node_modules/**', 'dist/**', '.next/**', '.data/**', 'e2e/**'];

const fileOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** With HEARD_PGBOUNCER=1 all clients of the integration tests go through PgBouncer: see test/pooled-client.ts. */
const throughPooler: Plugin = {
  name: 'through-pooler',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    if (!source.endsWith('/client.ts') || importer === fileOf('test/pooled-client.ts')) return null;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    return found?.id === fileOf('server/db/client.ts') ? fileOf('test/pooled-client.ts') : found;
  },
};

export default defineConfig({
  // As in next.config.js. Inline, so that the alias reaches use-intl's own imports.
  resolve: { alias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } },
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    server: { deps: { inline: ['use-intl'] } },
    projects: [
      // A property with a thousand histories takes seconds, and on a busy machine many.
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.int.test.ts'],
          // A process for each of a hundred files costs as much processor time as the tests themselves. No module of
          // ours keeps state of its own, so the files of a thread may share them.
          pool: 'threads',
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        plugins: process.env['HEARD_PGBOUNCER'] === '1' ? [throughPooler] : [],
        test: {
          name: 'int',
          include: ['**/*.int.test.ts'],
          exclude,
          setupFiles: process.env['HEARD_RECORD'] ? ['test/recorder.ts'] : [],
          globalSetup: ['test/global-setup.ts'],
          // After the unit tests: Vitest requires an order for projects with different numbers of workers.
          sequence: { groupOrder: 1 },
          // Each file has a database and topics of its own, and waits most of the time. As above, modules are shared.
          maxWorkers: 3,
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
