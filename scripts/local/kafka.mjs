// A real Apache Kafka, one node (KRaft), on 127.0.0.1. Its data stays between runs.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureKafka, java } from './kafka-install.mjs';
import { DISK_FULL, LocalError, commandOf, freePort, startProgram, stopProgram, untilReady } from './process.mjs';

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
 * @param {{ dataDir: string, port: number, logFile: string, log?: (line: string) => void, doors?: Door[],
 * scramUsers?: string[] }} options `scramUsers` as kafka-storage takes them, such as `SCRAM-SHA-256=[name=x,password=y]`
 * @returns {Promise<Kafka>}
 */
export async function startKafka({ dataDir: given, port, logFile, log = () => {}, doors = [], scramUsers = [] }) {
  const dataDir = path.resolve(given);
  const home = await ensureKafka(log);
  const classpath = path.join(home, 'lib', '*');
  mkdirSync(dataDir, { recursive: true });
  await endLeftover(dataDir);
  const properties = path.join(dataDir, 'server.properties');
  writeFileSync(properties, serverProperties(path.join(dataDir, 'data'), port, await freePort(), doors));
  writeFileSync(path.join(dataDir, 'log4j2.xml'), LOG4J2);
  if (!existsSync(path.join(dataDir, 'data', 'meta.properties')))
    format(classpath, properties, path.join(dataDir, 'data'), scramUsers);

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
  await withAdmin(brokers, async (admin) => {
    await admin.createTopics({ topics: [{ topic, numPartitions: partitions }], waitForLeaders: false });
    // The client's own wait fails where the broker does not know the new topic at once.
    const deadline = Date.now() + 20_000;
    while (!(await hasLeaders(admin, topic))) {
      if (Date.now() > deadline) throw new Error(`the topic ${topic} has no leaders after 20 s`);
      await sleep(50);
    }
  });
}

/**
 * @param {import('kafkajs').Admin} admin
 * @param {string} topic
 */
async function hasLeaders(admin, topic) {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0));
  } catch (error) {
    if (/** @type {{ type?: string }} */ (error).type === 'UNKNOWN_TOPIC_OR_PARTITION') return false;
    throw error;
  }
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
 * @param {string[]} scramUsers
 */
function format(classpath, properties, dataDir, scramUsers) {
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
        ...scramUsers.flatMap((user) => ['--add-scram', user]),
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
${settings.join('\n')}
`;
}

const LOG4J2 = `<Configuration status="WARN">
  <Appenders><Console name="out"><PatternLayout pattern="%d{ISO8601} %p %c{1} %m%n"/></Console></Appenders>
  <Loggers><Root level="WARN"><AppenderRef ref="out"/></Root></Loggers>
</Configuration>
`;
