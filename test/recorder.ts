// Records the statements that Prisma's clients send, while HEARD_RECORD names a file: see scripts/release-statements.mjs.
import { appendFileSync } from 'node:fs';
import pg from 'pg';

const file = process.env['HEARD_RECORD'];
const known = new Set<string>();
const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown; recorded?: true };
if (file !== undefined && !prototype.recorded) {
  const { query } = prototype;
  prototype.recorded = true;
  prototype.query = function recorded(...args) {
    // Rows as arrays are Prisma's alone.
    const { text, rowMode } = (args[0] ?? {}) as { text?: unknown; rowMode?: unknown };
    if (typeof text === 'string' && rowMode === 'array' && !known.has(text)) {
      known.add(text);
      appendFileSync(file, `${JSON.stringify(text)}\n`);
    }
    return query.apply(this, args);
  };
}
