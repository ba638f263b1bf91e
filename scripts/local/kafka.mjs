// A real Apache Kafka, one node (KRaft), on 127.0.0.1. Maven fetches its jars once into ~/.cache/heard. Its data stays
// between runs.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  DISK_FULL,
  LocalError,
  commandOf,
  freePort,
  installByApt,
  isRootOnDebian,
  lineOf,
  removedInTheEnd,
  startProgram,
  stopProgram,
  untilReady,
} from './process.mjs';

const VERSION = '4.3.0';
const cache = () =>
  path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'heard', `kafka-${VERSION}`);

/**
 * @typedef {object} Kafka
 * @property {import('./process.mjs').Program} program
 * @property {number} port
 * @property {string} brokers
 * @property {(topic: string, partitions: number) => Promise<void>} createTopic does nothing if the topic exists already
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} kill like a power cut: start it again on the same folder
 */

/**
 * One more listener, whose clients are told to use another port: a broker announces its own address, so it must know a
 * proxy between itself and its clients.
 * @typedef {object} Door
 * @property {string} name
 * @property {number} port
 * @property {number} advertisedPort
 * @property {string} [advertisedHost] 127.0.0.1 by default
 * @property {string} [protocol] PLAINTEXT by default
 * @property {Record<string, string>} [settings] of this listener alone, such as its key and its users
 */

/**
 * @param {{ dataDir: string, port: number, logFile: string, log?: (line: string) => void, doors?: Door[] }} options
 * @returns {Promise<Kafka>}
 */
export async function startKafka({ dataDir: given, port, logFile, log = () => {}, doors = [] }) {
  const dataDir = path.resolve(given);
  const home = await ensureKafka(log);
  const classpath = path.join(home, 'lib', '*');
  mkdirSync(dataDir, { recursive: true });
  await endLeftover(dataDir);
  const properties = path.join(dataDir, 'server.properties');
  writeFileSync(properties, serverProperties(path.join(dataDir, 'data'), port, await freePort(), doors));
  writeFileSync(path.join(dataDir, 'log4j2.xml'), LOG4J2);
  if (!existsSync(path.join(dataDir, 'data', 'meta.properties')))
    format(classpath, properties, path.join(dataDir, 'data'));

  const program = await startProgram(
    'Kafka',
    java(),
    [
      '-Xmx512m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      `-Dlog4j2.configurationFile=${path.join(dataDir, 'log4j2.xml')}`,
      '-cp',
      classpath,
      'kafka.Kafka',
      properties,
    ],
    { logFile, cwd: dataDir },
  );
  writeFileSync(path.join(dataDir, 'pid'), String(program.pid));
  const brokers = `127.0.0.1:${port}`;
  const stop = () => stopProgram(program, 'SIGTERM', 15_000);
  try {
    // The group coordinator becomes ready after the broker itself. Without this wait the first consumer would meet
    // errors.
    await untilReady(program, 90_000, () =>
      withAdmin(brokers, (admin) => admin.fetchOffsets({ groupId: 'readiness' })),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    program,
    port,
    brokers,
    stop,
    createTopic: (topic, partitions) => createTopic(brokers, topic, partitions),
    kill: () => stopProgram(program, 'SIGKILL', 5000),
  };
}

/**
 * Creates a topic on any cluster. Does nothing if it exists already.
 * @param {string} brokers
 * @param {string} topic
 * @param {number} partitions
 */
export async function createTopic(brokers, topic, partitions) {
  await withAdmin(brokers, (admin) =>
    admin.createTopics({ topics: [{ topic, numPartitions: partitions }], waitForLeaders: true, timeout: 20_000 }),
  );
}

/**
 * @template T
 * @param {string} brokers
 * @param {(admin: import('kafkajs').Admin) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function withAdmin(brokers, use) {
  const { Kafka, logLevel } = await import('kafkajs');
  const admin = new Kafka({
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2000,
    requestTimeout: 20_000,
    retry: { retries: 2, initialRetryTime: 100 },
  }).admin();
  try {
    await admin.connect();
    return await use(admin);
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

/**
 * Ends a broker that an earlier, killed run left behind: it would hold the folder's lock.
 * @param {string} dataDir
 */
async function endLeftover(dataDir) {
  const file = path.join(dataDir, 'pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  const isOurs = () => commandOf(pid).includes(dataDir);
  for (let waited = 0; isOurs(); waited += 200) {
    process.kill(pid, waited < 15_000 ? 'SIGTERM' : 'SIGKILL');
    await sleep(200);
  }
  rmSync(file, { force: true });
}

/**
 * @param {string} classpath
 * @param {string} properties
 * @param {string} dataDir
 */
function format(classpath, properties, dataDir) {
  rmSync(dataDir, { recursive: true, force: true });
  // An id that begins with a dash would be taken for an option.
  const clusterId = Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url').replace(/^-/, 'A');
  try {
    execFileSync(
      java(),
      [
        '-XX:TieredStopAtLevel=1',
        '-cp',
        classpath,
        'kafka.tools.StorageTool',
        'format',
        '-t',
        clusterId,
        '-c',
        properties,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true });
    const words = String(/** @type {any} */ (error).stderr ?? '');
    throw new LocalError(
      DISK_FULL.test(words)
        ? `The disk of ${dataDir} is full: make room and start again.`
        : `Kafka could not make its data folder ${dataDir}: ${words.split('\n')[0]}`,
      { cause: error },
    );
  }
}

/**
 * @param {(line: string) => void} log
 * @returns {Promise<string>} the folder with Kafka's lib/
 */
async function ensureKafka(log) {
  ensureJava(log);
  const home = cache();
  if (existsSync(home)) return home;
  if (spawnSync('mvn', ['-v'], { stdio: 'ignore' }).error) {
    if (!isRootOnDebian())
      throw new LocalError(
        'Maven is missing, which fetches Apache Kafka: install it (for example "apt install maven" or ' +
          '"brew install maven"), or set KAFKA_BROKERS to a Kafka of your own.',
      );
    installByApt(['maven'], log);
  }
  log(`fetching Apache Kafka ${VERSION} with Maven into ${home} (about 150 MB, only this once)`);
  const fresh = `${home}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const remove = removedInTheEnd(fresh);
  try {
    writeFileSync(path.join(fresh, 'pom.xml'), POM);
    await promisify(execFile)(
      'mvn',
      [
        '-q',
        '-B',
        'dependency:copy-dependencies',
        `-DoutputDirectory=${path.join(fresh, 'lib')}`,
        '-DincludeScope=runtime',
      ],
      { cwd: fresh },
    );
    // Renamed when complete, so that a half-made cache is never used. If two runs fetch at once, the first one wins.
    try {
      renameSync(fresh, home);
    } catch (error) {
      if (!existsSync(home)) throw error;
    }
    return home;
  } catch (error) {
    const reason =
      `${/** @type {any} */ (error).stdout ?? ''}`.split('\n').find((line) => line.startsWith('[ERROR]')) ??
      lineOf(error);
    throw new LocalError(
      DISK_FULL.test(reason)
        ? `The disk of ${home} is full: make room and start again.`
        : `Maven could not fetch Apache Kafka: ${reason.slice(0, 300)}`,
      { cause: error },
    );
  } finally {
    remove();
  }
}

/** @param {string} name a program that comes with Java */
export const javaTool = (name) => (process.env['JAVA_HOME'] ? path.join(process.env['JAVA_HOME'], 'bin', name) : name);

const java = () => javaTool('java');

/** @param {(line: string) => void} log */
export function ensureJava(log) {
  const version = () => {
    const { error, stderr } = spawnSync(java(), ['-version'], { encoding: 'utf8' });
    return error ? 0 : Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  };
  if (version() >= 17) return;
  if (isRootOnDebian() && !process.env['JAVA_HOME']) installByApt(['default-jre-headless'], log);
  if (version() < 17)
    throw new LocalError(
      'Java 17 or later is missing, which runs Apache Kafka ' +
        `(${java()} is ${version() ? `Java ${version()}` : 'not there'}): ` +
        'install it (for example "apt install default-jre-headless" or "brew install openjdk"), ' +
        'or set KAFKA_BROKERS to a Kafka of your own.',
    );
}

/**
 * @param {string} dataDir
 * @param {number} port
 * @param {number} controllerPort
 * @param {Door[]} doors
 */
function serverProperties(dataDir, port, controllerPort, doors) {
  const listeners = [
    `PLAINTEXT://127.0.0.1:${port}`,
    `CONTROLLER://127.0.0.1:${controllerPort}`,
    ...doors.map((door) => `${door.name}://127.0.0.1:${door.port}`),
  ];
  const advertised = [
    `PLAINTEXT://127.0.0.1:${port}`,
    ...doors.map((door) => `${door.name}://${door.advertisedHost ?? '127.0.0.1'}:${door.advertisedPort}`),
  ];
  const protocols = [
    'PLAINTEXT:PLAINTEXT',
    'CONTROLLER:PLAINTEXT',
    ...doors.map(({ name, protocol = 'PLAINTEXT' }) => `${name}:${protocol}`),
  ];
  const settings = doors.flatMap((door) =>
    Object.entries(door.settings ?? {}).map(
      ([key, value]) => `listener.name.${door.name.toLowerCase()}.${key}=${value}`,
    ),
  );
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=${listeners.join(',')}
advertised.listeners=${advertised.join(',')}
listener.security.protocol.map=${protocols.join(',')}
inter.broker.listener.name=PLAINTEXT
controller.listener.names=CONTROLLER
log.dirs=${dataDir}
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
${settings.join('\n')}
`;
}

const LOG4J2 = `<Configuration status="WARN">
  <Appenders><Console name="out"><PatternLayout pattern="%d{ISO8601} %p %c{1} %m%n"/></Console></Appenders>
  <Loggers><Root level="WARN"><AppenderRef ref="out"/></Root></Loggers>
</Configuration>
`;

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>heard</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>log4j-slf4j-impl</artifactId>
      <version>2.24.3</version>
    </dependency>
  </dependencies>
</project>
`;
