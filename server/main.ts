// The server process: configuration, start, signals, exit code. A start that cannot succeed says so in one line.
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError, parseConfig } from './config.ts';
import { messageOf } from './errors.ts';
import { createLogger } from './logger.ts';
import { startServer } from './server.ts';

/**
 * All in ms. A start that is under way when the process is to end may be waiting for a database that is away: it has
 * read nothing yet.
 */
const STOP_MS = 20_000;
const START_GRACE_MS = 3000;

function refuse(error: unknown): never {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}

const config = (() => {
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return refuse(error);
    throw error;
  }
})();
// Next.js and React read it; `npm start` runs a production build.
(process.env as Record<string, string>)['NODE_ENV'] = config.dev ? 'development' : 'production';
const log = createLogger(config.logLevel);
const fatal = (reason: string) => {
  log.fatal({ reason }, 'the process ends, to be started again');
  process.exit(70);
};
process.on('unhandledRejection', (error) => log.error({ error: messageOf(error) }, 'an error that nobody handled'));

const server = startServer(config, log, fatal).catch(refuse);
let ending: Promise<void> | undefined;
const end = async () => {
  await (await Promise.race([server, sleep(START_GRACE_MS)]))?.stop();
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    setTimeout(() => process.exit(1), STOP_MS).unref();
    ending ??= end().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
