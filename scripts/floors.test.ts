// The floors hold: every room has its floor, and lint refuses each import that goes up, with the reason.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { floors } from './floors.mjs';

const root = path.join(import.meta.dirname, '..');
const houses = Object.keys(floors) as (keyof typeof floors)[];

/** The files of server/ that stand over all rooms, and those that every room may use. */
const overAllRooms = ['main.ts', 'pipeline.ts', 'screens.ts', 'server.ts'];
const topOfServer = [...overAllRooms, 'config.ts', 'errors.ts', 'logger.ts'];

test('every file at the top of server/ stands over all rooms or below them', () => {
  const files = readdirSync(path.join(root, 'server')).filter((name) => /(?<!\.test)\.ts$/.test(name));
  expect(files.toSorted()).toEqual(topOfServer.toSorted());
});

test.each(houses)('every folder of %s stands on a floor', (house) => {
  const folders = readdirSync(path.join(root, house), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(floors[house].map(([room]) => room).toSorted()).toEqual(folders.toSorted());
});

test('lint refuses each import of a room above, with the reason, and allows each of a room below', () => {
  const place = mkdtempSync(path.join(tmpdir(), 'heard-floors-'));
  try {
    cpSync(path.join(root, 'oxlint.config.mjs'), path.join(place, 'oxlint.config.mjs'));
    cpSync(path.join(root, 'scripts/floors.mjs'), path.join(place, 'scripts/floors.mjs'));
    symlinkSync(path.join(root, 'node_modules'), path.join(place, 'node_modules'));
    const wanted: string[] = [];
    for (const house of houses)
      for (const [floor, [room]] of floors[house].entries()) {
        // server/protocol may not import any other folder of the server, wherever it stands.
        const alone = house === 'server' && room === 'protocol';
        const others = floors[house].filter(([other]) => other !== room && !(alone && other === 'lib'));
        mkdirSync(path.join(place, house, room), { recursive: true });
        writeFileSync(
          path.join(place, house, room, 'sample.ts'),
          others.map(([other], n) => `export { a${n} } from '../${other}/sample.ts';\n`).join(''),
        );
        if (house === 'server' && !alone)
          writeFileSync(
            path.join(place, house, room, 'top.ts'),
            topOfServer.map((file, n) => `export { a${n} } from '../${file}';\n`).join(''),
          );
        wanted.push(
          ...(alone ? others : floors[house].slice(0, floor)).map(([above]) => `${house}/${room} -> ${above}`),
        );
      }
    const { stdout } = spawnSync(
      path.join(root, 'node_modules/.bin/oxlint'),
      ['-c', 'oxlint.config.mjs', '--format=json', '-A', 'all', '-D', 'no-restricted-imports', 'server', 'components'],
      { cwd: place, encoding: 'utf8' },
    );
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { filename: string; message: string; help: string }[];
    };
    const ofTop = diagnostics.filter(({ filename }) => filename.endsWith('/top.ts'));
    expect(ofTop.length).toBe((floors.server.length - 1) * overAllRooms.length);
    for (const { message } of ofTop) expect(overAllRooms).toContain(/^'\.\.\/([^/']+)'/.exec(message)?.[1]);
    const ofRooms = diagnostics.filter((one) => !ofTop.includes(one));
    const refused = ofRooms.map(
      ({ filename, message }) => `${path.dirname(filename)} -> ${/^'\.\.\/([^/]+)\//.exec(message)?.[1]}`,
    );
    expect(refused.toSorted()).toEqual(wanted.toSorted());
    const help = diagnostics.find(
      ({ filename, message }) => filename === 'server/settle/sample.ts' && message.includes('../web/'),
    )?.help;
    expect(help).toBe(`server/settle stands below server/web: ${floors.server[0]![1]}.`);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
