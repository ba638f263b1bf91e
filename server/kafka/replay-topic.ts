// npm run replay-topic: reads the topic again from an earlier place. Arguments, the question at the terminal, exit
// code.
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { parseToolConfig } from '../config.ts';
import { messageOf } from '../errors.ts';
import { replayTopic } from './replay.ts';
import { parseOffsets, parseTime, ReplayRefused, type ReplayTarget } from './replay-plan.ts';

const USAGE =
  'usage: npm run replay-topic -- ' +
  '(--from-time <RFC 3339> | --from-offset <partition>:<offset>[,...] | --from-start) [--yes <APP_ENV>]';

function readArguments(args: string[]): { target: ReplayTarget; yes: string | undefined } {
  const options = {
    'from-time': { type: 'string' },
    'from-offset': { type: 'string' },
    'from-start': { type: 'boolean' },
    yes: { type: 'string' },
  } as const;
  const { 'from-time': time, 'from-offset': offsets, 'from-start': start, yes } = parseArgs({ args, options }).values;
  if ([time, offsets, start].filter((one) => one !== undefined).length !== 1) throw new ReplayRefused(USAGE);
  const target: ReplayTarget =
    time !== undefined
      ? { kind: 'time', time: parseTime(time) }
      : offsets !== undefined
        ? { kind: 'offsets', offsets: parseOffsets(offsets) }
        : { kind: 'start' };
  return { target, yes };
}

async function confirmed(appEnv: string, yes: string | undefined): Promise<boolean> {
  if (yes !== undefined) {
    if (yes !== appEnv) throw new ReplayRefused(`--yes says ${yes}, but APP_ENV is ${appEnv}.`);
    return true;
  }
  if (!process.stdin.isTTY) throw new ReplayRefused(`This is no terminal to ask at: add --yes ${appEnv}.`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(`Type ${appEnv} to do it: `)).trim() === appEnv;
  } finally {
    terminal.close();
  }
}

try {
  const { target, yes } = readArguments(process.argv.slice(2));
  const config = parseToolConfig(process.env);
  await replayTopic({
    config,
    target,
    say: (line) => process.stdout.write(`${line}\n`),
    confirm: () => confirmed(config.appEnv, yes),
  });
} catch (error) {
  const { code } = error as NodeJS.ErrnoException;
  process.stderr.write(`${code?.startsWith('ERR_PARSE_ARGS') ? USAGE : messageOf(error)}\n`);
  process.exitCode = 1;
}
