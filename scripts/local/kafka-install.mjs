// Java and Apache Kafka for this machine. Maven fetches Kafka's jars once into ~/.cache/heard.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DISK_FULL, LocalError, installByApt, isRootOnDebian, lineOf, removedInTheEnd } from './process.mjs';

const VERSION = '4.3.0';
const cache = () =>
  path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'heard', `kafka-${VERSION}`);

/**
 * @param {(line: string) => void} log
 * @returns {Promise<string>} the folder with Kafka's lib/
 */
export async function ensureKafka(log) {
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

export const java = () => javaTool('java');

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
