// The steps of npm test: their output, and how they end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSteps, type Step } from './steps.mjs';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'heard-steps-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string) => JSON.stringify(path.join(folder, name));
const step = (name: string, script: string, more: Partial<Step> = {}): Step => ({
  name,
  command: [
    process.execPath,
    '--input-type=module',
    '-e',
    `import { existsSync, writeFileSync } from 'node:fs';${script}`,
  ],
  ...more,
});
/** A program that goes on once the file is there. */
const after = (name: string, then: string) =>
  `const look = setInterval(() => { if (existsSync(${file(name)})) { clearInterval(look); ${then} } }, 5);`;

async function run(stages: Step[][][]) {
  let said = '';
  const result = await runSteps(stages, {
    cwd: folder,
    write: (text) => {
      said += text;
    },
  });
  return { ...result, said: said.replaceAll(/\d+\.\d s/g, '0 s') };
}

test('steps side by side are shown one after another, each whole, and their tests are added up', async () => {
  const { said, ...result } = await run([
    [[step('first', `console.log('of the first stage')`)]],
    [
      [
        step('long', `console.log('long begins'); ${after('short-is-over', `console.log('long ends')`)}`, {
          count: () => ({ passed: 2, failed: 0 }),
        }),
        step('last', `console.log('last')`),
      ],
      [
        step('short', `console.log('short'); writeFileSync(${file('short-is-over')}, '')`, {
          count: () => ({ passed: 3, failed: 0 }),
        }),
      ],
    ],
  ]);
  expect(said).toBe(
    [
      ['first', 'of the first stage'],
      ['long', 'long begins\nlong ends'],
      ['short', 'short'],
      ['last', 'last'],
    ]
      .map(([name, words]) => `\n▸ ${name}\n${words}\n✓ ${name}: 0 s\n`)
      .join(''),
  );
  expect(result).toEqual({ passed: 5, failed: 0, code: 0 });
});

test('the first step that fails ends all with its exit code, and one that says no more counts as one that failed', async () => {
  const { said, ...result } = await run([
    [
      [
        step('waits', `setInterval(() => {}, 1000); writeFileSync(${file('waits')}, '')`),
        step('next in its track', ''),
      ],
      [step('fails', after('waits', 'process.exit(7)'), { count: () => JSON.parse('no report') })],
    ],
    [[step('next stage', '')]],
  ]);
  expect(result).toEqual({ passed: 0, failed: 1, code: 7 });
  expect(said).toContain('✗ fails: 0 s');
  expect(said).toContain('– waits: ended, 0 s');
  expect(said).not.toContain('next');
});

test('tests that failed are counted, and a program that is missing fails', async () => {
  const failing = await run([[[step('tests', 'process.exit(1)', { count: () => ({ passed: 4, failed: 2 }) })]]]);
  expect([failing.passed, failing.failed, failing.code]).toEqual([4, 2, 1]);
  writeFileSync(path.join(folder, 'not-to-be-run'), '');
  const missing = await run([[[{ name: 'missing', command: [path.join(folder, 'not-to-be-run')] }]]]);
  expect([missing.failed, missing.code]).toEqual([1, 1]);
});
