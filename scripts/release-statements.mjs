// npm run db:release: writes prisma/last-release.sql, the statements of this version, when it is released. The next version's
// migrations must leave each of them working (server/db/last-release.int.test.ts), since servers of this version go on
// while the next one migrates. They are recorded while the integration tests run; a shallow clone has them, too.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from './local/process.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Between two statements. */
export const SEPARATOR = '\n\n-- ;\n';

/**
 * Of statements that differ in the number of their values only, the shortest stays.
 * @param {string[]} recorded
 */
export function condensed(recorded) {
  /** @type {Map<string, string>} */
  const kept = new Map();
  for (const text of new Set(recorded.map((one) => one.replaceAll(/[ \t]+$/gm, '').trim()))) {
    if (!/^(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(text)) continue;
    const kind = text
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/\$\d+/g, '$')
      .replaceAll(/\$(?: ?, ?\$)+/g, '$')
      .replaceAll(/(\([^()]*\))(?: ?, ?\1)+/g, '$1');
    const known = kept.get(kind);
    if (known === undefined || text.length < known.length) kept.set(kind, text);
  }
  return [...kept.values()].toSorted();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const directory = temporaryDirectory('statements');
  const file = path.join(directory, 'statements.jsonl');
  const env = { ...process.env, HEARD_RECORD: file };
  const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'int'], { cwd: root, stdio: 'inherit', env });
  if (status === 0) {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const recorded = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const head = `-- The statements of ${version}, written by scripts/release-statements.mjs.`;
    writeFileSync(path.join(root, 'prisma/last-release.sql'), `${[head, ...condensed(recorded)].join(SEPARATOR)}\n`);
    console.log(`prisma/last-release.sql has the statements of ${version}`);
  }
  rmSync(directory, { recursive: true, force: true });
  process.exitCode = status ?? 1;
}
