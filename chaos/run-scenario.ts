// Runs one fault from beginning to end: a healthy world, the fault under load, the time to recover, and the checker's
// verdict.
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, isClean, type Verdict } from './checker.ts';
import type { Ground } from './ground.ts';
import type { Bite, Scenario } from './scenarios/scenario.ts';
import { ChaosWorld } from './world.ts';

const RECOVER_MS = 15_000;
const WELL_MS = 60_000;
const QUIET_MS = 60_000;
/** The load runs for this long before and after the fault. */
const CALM_MS = 3000;
const SHORT_CALM_MS = 500;
const MAX_ATTEMPTS = 7;

export interface Settings {
  seed: number;
  perSecond: number;
  seconds: number | undefined;
  /** Times are stretched by this where a machine is shared. */ patience: number;
  /** Only as much as shows it. */ short: boolean;
  /** Where the servers' logs are kept. */ logs: string | undefined;
  say: (words: string) => void;
}

export interface Row {
  scenario: Scenario;
  messages: number;
  missing: number;
  verdict: Verdict;
  /** In ms. Undefined if the world did not recover in time. */
  recoveredMs: number | undefined;
  limitMs: number;
  bites: Bite[];
  /** Everything else that was not as it should be. */
  wrong: string[];
}

export const isGood = (row: Row): boolean => isClean(row.verdict) && row.wrong.length === 0;

export async function runScenario(
  ground: Ground,
  scenario: Scenario,
  number: number,
  settings: Settings,
): Promise<Row> {
  const limitMs = (scenario.recoverMs ?? RECOVER_MS) * settings.patience;
  const putBack = await scenario.prepare?.(ground);
  try {
    return await run(ground, scenario, number, settings, limitMs);
  } finally {
    await putBack?.();
  }
}

async function run(
  ground: Ground,
  scenario: Scenario,
  number: number,
  { seed, perSecond, seconds, short, logs, say }: Settings,
  limitMs: number,
): Promise<Row> {
  const world = await ChaosWorld.open({
    ground,
    name: scenario.name,
    number,
    servers: short ? 2 : (scenario.servers ?? 2),
    seed,
    perSecond,
    say,
    ...(scenario.env && { env: scenario.env }),
  });
  const wrong: string[] = [];
  try {
    const { watch } = world;
    watch.start();
    world.begin();
    if ((await watch.recovered(performance.now(), WELL_MS)) === undefined)
      throw new Error(`it was not well before anything was done to it: ${watch.trouble.join('; ')}`);
    await sleep(short ? SHORT_CALM_MS : CALM_MS);
    say('the fault begins');
    const bites = await scenario.run(world, seconds ?? scenario.seconds ?? 0);
    const since = performance.now();
    say(`the fault is over: ${bites.map(({ what, count }) => `${what} ${count}`).join(', ')}`);
    for (const { what, count } of bites) if (count <= 0) wrong.push(`the fault did nothing: ${what} ${count}`);
    const recoveredMs = await watch.recovered(since, limitMs + WELL_MS);
    if (recoveredMs === undefined) wrong.push(`it did not recover: ${watch.trouble.slice(0, 8).join('; ')}`);
    else if (recoveredMs > limitMs) wrong.push(`it recovered after ${(recoveredMs / 1000).toFixed(1)} s only`);
    say(recoveredMs === undefined ? 'it did not recover' : `recovered after ${(recoveredMs / 1000).toFixed(1)} s`);
    if (scenario.afterwards) {
      await scenario.afterwards(world);
      if ((await watch.recovered(performance.now(), WELL_MS)) === undefined)
        wrong.push(`it did not get well afterwards: ${watch.trouble.slice(0, 8).join('; ')}`);
    }
    await sleep(short ? SHORT_CALM_MS : CALM_MS);
    await world.end();
    await quiet(world, wrong);
    await watch.stop();
    if (scenario.also) wrong.push(...(await scenario.also(world)));
    const [produced, records] = [await world.produced(), await world.database.records()];
    const verdict = check({
      produced,
      records,
      truth: [...world.platform.book.all()],
      shown: world.screens.map((screen) => screen.shown()),
      tapped: world.screens.flatMap(({ tapped }) => tapped),
      overcommitted: watch.overcommitted,
      maxAttempts: MAX_ATTEMPTS,
    });
    const unreadable = world.screens.reduce((sum, screen) => sum + screen.unreadable, 0);
    if (unreadable) wrong.push(`${unreadable} messages could not be read by screens`);
    const taps = world.screens.reduce((sum, { tapped }) => sum + tapped.length, 0);
    const parted = world.screens.reduce((sum, screen) => sum + screen.parted, 0);
    say(
      `${produced.length} messages of ${world.load.placed} orders, ${taps} tickets bumped, ` +
        `screens disconnected ${parted} times`,
    );
    return {
      scenario,
      messages: produced.length,
      missing: records.missing.reduce((sum, { from, to }) => sum + to - from, 0),
      verdict,
      recoveredMs,
      limitMs,
      bites,
      wrong,
    };
  } finally {
    await world.close();
    if (logs) for (const { logFile } of world.servers) copyFileSync(logFile, path.join(logs, path.basename(logFile)));
  }
}

/** Waits until every message has ended and every screen shows the newest state. */
async function quiet({ watch, database, screens, servers }: ChaosWorld, wrong: string[]): Promise<void> {
  const deadline = performance.now() + QUIET_MS;
  for (;;) {
    const unended = await watch.unended().catch(() => undefined);
    const { waiting, revs } = await database.progress(new Map());
    const behind = screens
      .filter((screen) => screen.rev !== revs.get(screen.options.restaurantId))
      .map(({ options }) => options.name);
    if (unended === 0 && !waiting && !behind.length) return;
    if (performance.now() > deadline) {
      wrong.push(
        `in the end ${unended ?? 'unknown'} messages had not ended, ${waiting} waited in the retry table, ` +
          `and ${behind.length} screens were behind (${behind.join(', ')}); ` +
          `${servers.filter(({ running }) => running).length} servers ran`,
      );
      return;
    }
    await sleep(200);
  }
}
