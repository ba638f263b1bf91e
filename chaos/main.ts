// npm run chaos: makes each fault on real parts, one after the other, and prints the fate of every message.
import { mkdirSync, writeFileSync } from 'node:fs';
import { machine } from '../bench/support/set-up.ts';
import { printTable } from '../bench/support/statistics.ts';
import { Ground } from './ground.ts';
import { isGood, runScenario, type Row } from './run-scenario.ts';
import { scenarios } from './scenarios/index.ts';

/** The part for `npm test`: two scenarios that are soon over. */
const SHORT = ['storm', 'kill'];
const SHORT_SECONDS = 8;

const args = process.argv.slice(2);
const value = (name: string): string | undefined => {
  const at = args.indexOf(`--${name}`);
  return at === -1 ? undefined : args[at + 1];
};
const number = (name: string, fallback: number): number => Number(value(name) ?? fallback);
const has = (name: string): boolean => args.includes(`--${name}`);
const valued = new Set(['seconds', 'seed', 'rate', 'repeat', 'patience', 'report', 'logs']);
const names = args.filter((arg, i) => !arg.startsWith('--') && !valued.has((args[i - 1] ?? '').slice(2)));

const seconds = (ms: number | undefined) => (ms === undefined ? 'never' : `${(ms / 1000).toFixed(1)} s`);
const count = (list: string[]) => String(list.length);

function printRows(rows: Row[]): void {
  printTable(
    ['fault', 'messages', 'lost', 'overtaken', 'doubled', 'shown wrong', 'missing', 'recovered', 'allowed', ''],
    rows.map((row) => {
      const { scenario, messages, verdict, missing, recoveredMs, limitMs } = row;
      return [
        scenario.fault,
        String(messages),
        count(verdict.lost),
        count(verdict.overtaken),
        count(verdict.doubled),
        count(verdict.shownWrong),
        String(missing),
        seconds(recoveredMs),
        seconds(limitMs),
        isGood(row) ? 'ok' : 'FAILED',
      ];
    }),
  );
}

function tellWrong({ scenario, verdict, wrong }: Row): void {
  for (const [column, list] of Object.entries({ ...verdict, wrong }) as [string, string[]][]) {
    for (const words of list.slice(0, 8)) console.log(`  ${scenario.name}: ${column}: ${words}`);
    if (list.length > 8) console.log(`  ${scenario.name}: ${column}: and ${list.length - 8} more`);
  }
}

async function main(): Promise<boolean> {
  const short = has('short');
  const wanted = names.length ? names : short ? SHORT : scenarios.map(({ name }) => name);
  const chosen = wanted.map((name) => scenarios.find((scenario) => scenario.name === name) ?? name);
  const unknown = chosen.filter((choice) => typeof choice === 'string');
  if (has('list') || unknown.length) {
    if (unknown.length) console.error(`There is no ${unknown.join(', ')}. There are:`);
    for (const { name, fault } of scenarios) console.log(`${name.padEnd(18)} ${fault}`);
    return !unknown.length;
  }
  const seed = number('seed', Date.now() % 1_000_000);
  const lasting = value('seconds') === undefined ? (short ? SHORT_SECONDS : undefined) : number('seconds', 0);
  // The tests share their machine, so they get twice the time.
  const patience = number('patience', short ? 2 : 1);
  const logs = value('logs');
  if (logs) mkdirSync(logs, { recursive: true });
  console.log(`chaos: seed ${seed}, ${machine()}`);
  const ground = await Ground.open({ tls: has('tls') });
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error('interrupted')));
  });
  const rows: Row[] = [];
  const failures: string[] = [];
  let skipped = 0;
  try {
    for (let round = 0, n = 0; round < number('repeat', 1); round += 1) {
      for (const scenario of chosen as typeof scenarios) {
        n += 1;
        const impossible = scenario.impossible?.();
        if (impossible) {
          skipped += 1;
          console.log(`\n! ${scenario.fault}: SKIPPED, since ${impossible}`);
          continue;
        }
        console.log(`\n▸ ${scenario.fault}`);
        const began = performance.now();
        const say = (words: string) => console.log(`  ${seconds(performance.now() - began).padStart(7)} ${words}`);
        try {
          const row = await Promise.race([
            runScenario(ground, scenario, n, {
              seed: seed + round,
              perSecond: number('rate', 25),
              seconds: lasting,
              patience,
              short,
              logs,
              say,
            }),
            interrupted,
          ]);
          rows.push(row);
          tellWrong(row);
        } catch (error) {
          if ((error as Error).message === 'interrupted') throw error;
          failures.push(scenario.name);
          console.error(error);
        }
      }
    }
  } catch (error) {
    console.error(error);
    failures.push('interrupted');
  }
  // Printed before closing, since a person at the terminal may not wait for the end.
  console.log('');
  printRows(rows);
  await ground.close();
  const bad = [...failures, ...rows.filter((row) => !isGood(row)).map(({ scenario }) => scenario.name)];
  const made = rows.length + failures.length;
  console.log(
    `\nseed ${seed}: ${made - bad.length} of ${made} faults left nothing lost, overtaken, doubled or shown wrong` +
      (skipped ? `; ${skipped} SKIPPED` : '') +
      (bad.length ? `; not so: ${bad.join(', ')}` : ''),
  );
  const report = value('report');
  if (report) writeFileSync(report, JSON.stringify({ passed: rows.filter(isGood).length, failed: bad.length }));
  return !bad.length && rows.length > 0;
}

process.exit((await main()) ? 0 : 1);
