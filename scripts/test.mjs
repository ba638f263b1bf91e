// npm test: all checks from a fresh clone, the fastest to fail first. It stops at the first step that fails, with its
// exit code. The last line sums up the tests.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(path.join(tmpdir(), 'heard-reports-'));
const report = (/** @type {string} */ name) => path.join(reports, `${name}.json`);
const total = { passed: 0, failed: 0 };

/**
 * @typedef {{ name: string, command: string[], env?: Record<string, string>, count?: () => { passed: number, failed:
 * number } }} Step
 */

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

/** @type {Step[]} */
const steps = [
  { name: 'format', command: [bin('oxfmt'), '--check'] },
  { name: 'lint', command: [bin('oxlint'), '-c', 'oxlint.config.mjs', '--deny-warnings'] },
  { name: 'Prisma client', command: ['node', 'scripts/prisma-generate.mjs'] },
  { name: 'types of the pages', command: [bin('next'), 'typegen'] },
  { name: 'types', command: [bin('tsc'), '--noEmit'] },
  vitest('unit'),
  vitest('int'),
  { name: 'build', command: ['node', 'scripts/build.mjs'] },
  {
    name: 'chaos, the short form',
    command: ['node', 'chaos/run.mjs', '--short', '--report', report('chaos')],
    count: () => JSON.parse(readFileSync(report('chaos'), 'utf8')),
  },
  {
    name: 'browser tests',
    command: [bin('playwright'), 'test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report('browser') },
    count: () => {
      const { expected, unexpected, flaky } = JSON.parse(readFileSync(report('browser'), 'utf8')).stats;
      return { passed: expected + flaky, failed: unexpected };
    },
  },
];

const seconds = (/** @type {number} */ since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * @param {Step} step
 * @returns {number} its exit code
 */
function run({ name, command: [program = '', ...args], env, count }) {
  const began = Date.now();
  console.log(`\n▸ ${name}`);
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  if (error) console.error(error.message);
  const code = status ?? 1;
  let counted = { passed: 0, failed: 0 };
  try {
    counted = count?.() ?? counted;
  } catch {
    /* The step ended before it could write a report. */
  }
  total.passed += counted.passed;
  // A step that failed otherwise than by a test must not be summed up as "0 failed".
  total.failed += code ? Math.max(1, counted.failed) : counted.failed;
  console.log(`${code ? '✗' : '✓'} ${name}: ${seconds(began)}`);
  return code;
}

/** Uses Debian's Chromium if root may install it, Playwright's elsewhere. */
async function ensureChromium() {
  const { installByApt, isRootOnDebian } = await import('./local/process.mjs');
  const { chromium } = await import('@playwright/test');
  if (existsSync('/usr/bin/chromium') || existsSync(chromium.executablePath())) return 0;
  if (!isRootOnDebian())
    return (
      spawnSync(bin('playwright'), ['install', '--with-deps', 'chromium'], { cwd: root, stdio: 'inherit' }).status ?? 1
    );
  try {
    installByApt(['chromium'], console.log);
    return 0;
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    return 1;
  }
}

const began = Date.now();
ensureInstalled(console.log);
let code = await ensureChromium();
if (code) total.failed += 1;
for (const step of steps) {
  if (code) break;
  code = run(step);
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${seconds(began)}\n${total.passed} passed, ${total.failed} failed`);
process.exit(code);
