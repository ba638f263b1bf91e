// The parts of `npm run up`, started in this order and ended in the opposite one: PostgreSQL and Kafka (or those that
// the environment names), the server, the simulator. All state is in .data/.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isBuilt } from '../build.mjs';
import { root, serverArguments } from '../bundles.mjs';
import { data, fresh, lock, logFile, secret } from './data-folder.mjs';
import { echoTrouble, lastLine } from './log-file.mjs';
import { startKafka } from './kafka.mjs';
import { startPostgres } from './postgres.mjs';
import { portFor, portNear } from './ports.mjs';
import { LocalError, lineOf, startProgram, stopProgram, untilReady } from './process.mjs';
import { reloading } from './reloading.mjs';

/**
 * Always this environment: the demo pairs any browser that opens its front page, so it must not be taken for a real
 * one.
 */
const APP_ENV = 'dev';
const PARTITIONS = 4;

/**
 * @param {{ dev: boolean, log: (line: string) => void }} options
 * @returns {Promise<number>} the exit code, when everything has ended
 */
export async function up({ dev, log }) {
  const env = process.env;
  /** Ends each part, the last one started first. @type {(() => Promise<void>)[]} */
  const parts = [];
  /** @type {(reason: Error | undefined) => void} */
  let end = () => {};
  /** @type {Promise<Error | undefined>} */
  const ended = new Promise((resolve) => {
    end = resolve;
  });
  let stopping = false;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (!stopping) log('stopping');
      stopping = true;
      end(undefined);
    });
  }

  /**
   * Keeps a part until the end. If it ends by itself, everything is ended.
   * @template {{ program: import('./process.mjs').Program, stop: () => Promise<void> }} T
   * @param {T} part
   */
  const own = (part) => {
    parts.push(part.stop);
    void part.program.ended.then((how) =>
      end(
        new LocalError(
          `${part.program.name} ended by itself (${how}): ${lastLine(part.program.logFile)}\n` +
            `Its log is ${part.program.logFile}`,
        ),
      ),
    );
    return part;
  };

  const build = async (/** @type {string[]} */ ...flags) => {
    const program = await startProgram('The build', process.execPath, ['scripts/build.mjs', ...flags], {
      cwd: root,
      group: true,
      logFile: fresh('build'),
    });
    await Promise.race([program.ended, ended.then(() => stopProgram(program, 'SIGTERM', 5000))]);
    if ((await program.ended) !== 'exit code 0' && !stopping)
      throw new LocalError(
        `The build failed: see ${program.logFile}\n\n${readFileSync(program.logFile, 'utf8').slice(-3000)}`,
      );
  };

  const start = async () => {
    const web = await portFor('PORT', 3000);
    const simulatorPort = env['ORDER_API_URL'] ? 0 : await portFor('SIMULATOR_PORT', 4000);
    const [databaseUrl, brokers] = await all([
      env['DATABASE_URL'] ||
        timed(log, 'PostgreSQL', async () => {
          const postgres = own(
            await startPostgres({
              dataDir: path.join(data, 'postgres'),
              port: await portNear(5432, 'PostgreSQL', log),
              logFile: fresh('postgres'),
              log,
            }),
          );
          await postgres.ensureDatabase('heard');
          return postgres.url('heard');
        }),
      env['KAFKA_BROKERS'] ||
        timed(
          log,
          'Kafka',
          async () =>
            own(
              await startKafka({
                dataDir: path.join(data, 'kafka'),
                port: await portNear(9092, 'Kafka', log),
                logFile: fresh('kafka'),
                log,
              }),
            ).brokers,
        ),
      dev ? timed(log, 'The bundles', () => build('--no-pages')) : isBuilt() || timed(log, 'The build', () => build()),
    ]);
    if (stopping) return;
    await makeTopic({ ...env, APP_ENV, DATABASE_URL: databaseUrl, KAFKA_BROKERS: brokers });

    const address = `http://127.0.0.1:${web}`;
    const simulatorAddress = `http://127.0.0.1:${simulatorPort}`;
    const token = env['OPS_TOKEN'] || secret('ops-token', 24);
    const password = env['HEARD_DEMO_PASSWORD'] || secret('demo-password', 12);
    const serverEnv = {
      ...env,
      APP_ENV,
      DATABASE_URL: databaseUrl,
      KAFKA_BROKERS: brokers,
      ORDER_API_URL: env['ORDER_API_URL'] || `${simulatorAddress}/platform`,
      PORT: String(web),
      OPS_TOKEN: token,
      HEARD_DEMO: '1',
      HEARD_DEMO_PASSWORD: password,
      HEARD_DEV: dev ? '1' : '0',
      NODE_ENV: dev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    };
    const startServer = () =>
      startProgram('The server', process.execPath, serverArguments, {
        cwd: root,
        env: serverEnv,
        logFile: logFile('server'),
      });
    fresh('server');
    parts.push(echoTrouble(logFile('server'), (line) => log(`server: ${line}`)));
    if (dev) await reloading(startServer, parts, log);
    const server = dev ? undefined : own(stoppable(await startServer(), 25_000)).program;
    if (!env['ORDER_API_URL']) {
      const simulatorEnv = {
        ...env,
        APP_ENV,
        KAFKA_BROKERS: brokers,
        SIMULATOR_PORT: String(simulatorPort),
        SIMULATOR_HOST: '127.0.0.1',
        SIMULATOR_STATE: path.join(data, 'simulator.json'),
        OPS_URL: address,
        OPS_TOKEN: token,
      };
      const simulator = await startProgram(
        'The simulator',
        process.execPath,
        ['--enable-source-maps', 'dist/simulator.js'],
        { cwd: root, env: simulatorEnv, logFile: fresh('simulator') },
      );
      own(stoppable(simulator, 6000));
      await Promise.race([untilReady(simulator, 30_000, () => answers(simulatorAddress)), ended]);
    }
    const ready = () => answers(`${address}/readyz`);
    // In development, a server that cannot start waits for its next change.
    await Promise.race([
      timed(log, 'The server', () => (server ? untilReady(server, 90_000, ready) : untilIt(ready))),
      ended,
    ]);
    if (!stopping)
      log(
        summary({
          address,
          simulatorAddress: env['ORDER_API_URL'] ? undefined : simulatorAddress,
          orderApi: env['ORDER_API_URL'],
          ownToken: Boolean(env['OPS_TOKEN']),
          password,
          dev,
        }),
      );
  };

  /** @type {Error | undefined} */
  let failure;
  try {
    const unlock = lock();
    parts.push(async () => unlock());
    await start();
    failure = await ended;
  } catch (error) {
    // A failure caused by Ctrl-C is not reported. The handler of Ctrl-C runs only after this turn of the event loop.
    await sleep(10);
    failure = /** @type {Error} */ (error);
  }
  if (failure && !stopping) console.error(failure instanceof LocalError ? failure.message : lineOf(failure));
  const failed = failure !== undefined && !stopping;
  stopping = true;
  for (const stop of parts.toReversed()) await stop().catch((error) => console.error(lineOf(error)));
  if (!failed) log('stopped; the data stays in .data/');
  return failed ? 1 : 0;
}

/**
 * By the server's own variables, TLS and SASL included. It does nothing if the topic is there.
 * @param {NodeJS.ProcessEnv} env
 */
async function makeTopic(env) {
  await promisify(execFile)(process.execPath, ['dist/make-topic.js', String(PARTITIONS)], { cwd: root, env }).catch(
    (error) => {
      throw new LocalError(`The topic could not be made: ${String(error.stderr).trim() || lineOf(error)}`, {
        cause: error,
      });
    },
  );
}

/**
 * @param {{ address: string, simulatorAddress: string | undefined, orderApi: string | undefined, ownToken: boolean,
 * password: string, dev: boolean }} facts
 */
function summary({ address, simulatorAddress, orderApi, ownToken, password, dev }) {
  const orders = simulatorAddress
    ? `Simulator    ${simulatorAddress}/   orders come by themselves; its dials make trouble`
    : `Orders       from ${orderApi}`;
  const token = ownToken ? '$OPS_TOKEN' : '$(cat .data/ops-token)';
  return `Heard is up${dev ? ', and starts anew when its sources change' : ''}.

  Front page   ${address}/   every screen is one tap away
  ${orders}
  Manager      ${address}/sign-in   demo@heard.example, password ${password}
  Staff        choose a name on any screen; everybody's PIN is 2580
  Operator     the token is ${ownToken ? 'OPS_TOKEN' : 'in .data/ops-token'}:
               curl -H "Authorization: Bearer ${token}" ${address}/api/v1/pipeline
  Logs         .data/logs/

  Ctrl-C stops all of it; the data stays in .data/.
`;
}

/**
 * @param {import('./process.mjs').Program} program
 * @param {number} graceMs
 */
const stoppable = (program, graceMs) => ({ program, stop: () => stopProgram(program, 'SIGTERM', graceMs) });

/** @param {string} url */
async function answers(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(4000) });
  if (!response.ok) throw new Error((await response.text()).slice(0, 200));
}

/** @param {() => Promise<void>} probe */
async function untilIt(probe) {
  for (;;) {
    try {
      await probe();
      return;
    } catch {
      await sleep(300);
    }
  }
}

/**
 * @template T
 * @param {(line: string) => void} log
 * @param {string} name
 * @param {() => Promise<T>} run
 */
async function timed(log, name, run) {
  log(`${name} …`);
  const began = Date.now();
  const result = await run();
  log(`${name}: ready after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return result;
}

/**
 * Like Promise.all, but a failure waits for the others, so that everything they started is known and can be ended.
 * @template {readonly unknown[]} T
 * @param {[...T]} running
 * @returns {Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>}
 */
async function all(running) {
  await Promise.allSettled(running);
  return /** @type {any} */ (Promise.all(running));
}
