// The steps of npm test: their output, and how they end.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

async function run(stages: Step[][][], options: { killAfterMs?: number } = {}) {
  let said = '';
  const result = await runSteps(stages, {
    ...options,
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

/** Sends the run the signal once the file is there. In this process it would end the test runner's worker. */
function interrupted(name: string, script: string, signal: NodeJS.Signals, killAfterMs = 20_000) {
  const main = `
    import { existsSync } from 'node:fs';
    import { runSteps } from ${JSON.stringify(new URL('steps.mjs', import.meta.url).href)};
    ${after(name, `process.kill(process.pid, '${signal}')`)}
    const result = await runSteps([[[${JSON.stringify(step(name, script))}]]], {
      cwd: ${JSON.stringify(folder)}, write: () => {}, killAfterMs: ${killAfterMs},
    });
    console.log(JSON.stringify(result));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', main], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  return JSON.parse(stdout) as { passed: number; failed: number; code: number };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a run that %s interrupts is not summed up as "0 failed"',
  (signal) => {
    const name = `waits-for-${signal}`;
    expect(interrupted(name, `setInterval(() => {}, 1000); writeFileSync(${file(name)}, '')`, signal)).toEqual({
      passed: 0,
      failed: 1,
      code: 1,
    });
  },
);

test('a step that ignores its end is killed after a while, with the processes that it began', async () => {
  const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;
  const { said, ...result } = await run(
    [
      [
        [
          step(
            'stubborn',
            `import { spawn } from 'node:child_process'; ${stubborn}
            const code = ${JSON.stringify(`${stubborn} console.log('ready')`)};
            const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
            child.stdout.once('data', () => writeFileSync(${file('stubborn')}, String(child.pid)));`,
          ),
        ],
        [step('fails', after('stubborn', 'process.exit(7)'))],
      ],
    ],
    { killAfterMs: 500 },
  );
  expect(result).toEqual({ passed: 0, failed: 1, code: 7 });
  expect(said).toContain('– stubborn: ended, 0 s');
  const pid = Number(readFileSync(path.join(folder, 'stubborn'), 'utf8'));
  await expect.poll(() => isRunning(pid)).toBe(false);
});

/** A process that is over may wait for its parent to ask how it ended. */
function isRunning(pid: number) {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
