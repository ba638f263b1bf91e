// npm test: all checks from a fresh clone, the fastest to fail first, and those that mostly wait beside others. It stops
// at the first step that fails, with its exit code. The last line sums up the tests.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { ensureChromium } from './local/chromium.mjs';
import { runSteps } from './steps.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(path.join(tmpdir(), 'heard-reports-'));
const report = (/** @type {string} */ name) => path.join(reports, `${name}.json`);

/** @typedef {import('./steps.mjs').Step} Step */

const bin = (/** @type {string} */ name) => path.join('node_modules', '.bin', name);
/** @type {(project: string) => Step} */
const vitest = (project) => ({
  name: `${project} tests`,
  command: [
    bin('vitest'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report(project)}`,
  ],
  count: () => {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report(project), 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  },
});

/** @type {Step} */
const chaos = {
  name: 'chaos, the short form',
  command: ['node', 'chaos/run.mjs', '--short', '--report', report('chaos')],
  count: () => JSON.parse(readFileSync(report('chaos'), 'utf8')),
};
/** @type {Step} */
const browser = {
  name: 'browser tests',
  command: [bin('playwright'), 'test', '--project=waiting', '--project=screens', '--reporter=list,json'],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report('browser') },
  count: () => {
    const { expected, unexpected, flaky } = JSON.parse(readFileSync(report('browser'), 'utf8')).stats;
    return { passed: expected + flaky, failed: unexpected };
  },
};

/**
 * The build comes before the integration tests, because it generates the Prisma client anew. Those and chaos mostly
 * wait, so they share the processors; the browser tests need both of them.
 */
const stages = [
  [
    [
      { name: 'format', command: [bin('oxfmt'), '--check'] },
      { name: 'lint', command: [bin('oxlint'), '-c', 'oxlint.config.mjs', '--deny-warnings'] },
      { name: 'Prisma client', command: ['node', 'scripts/prisma-generate.mjs'] },
      { name: 'types of the pages', command: [bin('next'), 'typegen'] },
      { name: 'types', command: [bin('tsc'), '--noEmit'] },
      { name: 'build', command: ['node', 'scripts/build.mjs'] },
      { name: "weight of the kitchen's page", command: ['node', 'scripts/page-weight.mjs'] },
    ],
  ],
  [[vitest('unit'), chaos], [vitest('int')]],
  [[browser]],
];

const began = Date.now();
ensureInstalled(console.log);
const missing = await ensureChromium(console.log);
process.env['NEXT_TELEMETRY_DISABLED'] = '1';
const { passed, failed, code } = missing
  ? { passed: 0, failed: 1, code: missing }
  : await runSteps(stages, { cwd: root, write: (text) => process.stdout.write(text) });
rmSync(reports, { recursive: true, force: true });
console.log(`\n${((Date.now() - began) / 1000).toFixed(1)} s\n${passed} passed, ${failed} failed`);
process.exit(code);
