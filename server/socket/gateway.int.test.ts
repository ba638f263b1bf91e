// Screens over real sockets and a real database: the orders that a screen has received are those of the database.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { Retention } from '../archive/retention.ts';
import { FACTS, recordChanges } from '../feed/changes.ts';
import type { Command } from '../protocol/commands.ts';
import { startGateway, type Screen } from '../../test/gateway.ts';
import { item } from '../../test/made.ts';
import { log } from '../../test/pipeline.ts';
import { until, untilWithin } from '../../test/until.ts';

const gateway = await startGateway();
const { prisma, stations, one, two, change, pair, connect, live, revOf, revAtOf, upToDate, expectSame } = gateway;
afterEach(() => gateway.disconnectAll());
afterAll(() => gateway.stop());

describe('a board', () => {
  test('comes whole, then each change of it, whichever process made it, within a moment', async () => {
    const screen = await live(await pair());
    expect(screen.of('snapshot')[0]).toMatchObject({
      rev: await revOf(),
      facts: { stations: expect.arrayContaining(stations.map((station) => expect.objectContaining(station))) },
    });
    for (const [i, settler] of [one, two].entries()) {
      // A moment is less than the second until the gateway looks by itself. A look sends its pulse before the change
      // that it has found; chance can bring one after a change that was told, but hardly after three of five.
      const isTold = async (id: string) => {
        await change(id, 1, {}, settler);
        const found = () => screen.of('delta').find(({ orders }) => orders.some((order) => order.id === id));
        await until('the screen has it', () => screen.orders.has(id) && found());
        const before = screen.messages.slice(0, screen.messages.indexOf(found()!));
        return !before.some((message) => message.type === 'pulse' && message.rev >= found()!.rev);
      };
      let told = 0;
      for (let n = 0; n < 5; n += 1) if (await isTold(`told-${i}-${n}`)) told += 1;
      expect(told, 'told before the gateway looked').toBeGreaterThanOrEqual(3);
    }
    await expectSame(screen, 'r-1');
    expect(screen.gaps).toBe(0);
  });

  test('follows the database even where every hint is lost', async () => {
    const screen = await live(await pair());
    // As if the process that wrote it had died before it could tell.
    await prisma.$transaction(async (tx) => {
      await tx.$executeRaw`UPDATE orders SET note = 'without a hint' WHERE id = 'first of r-1'`;
      await recordChanges(tx, new Map([['r-1', ['first of r-1']]]));
    });
    await untilWithin('the screen has it', 3000, () => screen.orders.get('first of r-1')?.note === 'without a hint');
  });

  test('a screen that comes back with its rev is given what it missed', async () => {
    const device = await pair();
    const first = await live(device);
    await upToDate(first);
    const rev = first.rev!;
    first.socket.disconnect();
    await change('missed', 1);
    const second = connect(device);
    await until('it is welcome', () => second.of('welcome').length > 0);
    [second.rev, second.revAt] = [rev, first.revAt];
    second.subscribe();
    await until('it has what it missed', () => second.orders.has('missed'));
    expect([second.of('snapshot'), second.of('delta')[0]?.fromRev]).toEqual([[], rev]);
    second.subscribe();
    await until('even where nothing changed it is answered', () =>
      second.of('delta').some(({ fromRev, rev: to }) => fromRev === second.rev && to === second.rev),
    );
  });

  test('one that is too far behind, or whose change rows are gone, or ahead of the database, is given the whole board; new facts come without one', async () => {
    const device = await pair('r-big');
    const before = await revOf('r-big');
    for (let i = 0; i < 5; i += 1)
      await Promise.all(
        Array.from({ length: 90 }, (_, n) =>
          change(`big-${i}-${n}`, 1, { restaurantId: 'r-big', items: [item('l1')] }),
        ),
      );
    for (const [rev, snapshots] of [
      [before, 1],
      [(await revOf('r-big')) + 1000, 1],
      [(await revOf('r-big')) - 1, 0],
    ] as const) {
      const screen = connect(device);
      await until('it is welcome', () => screen.of('welcome').length > 0);
      screen.subscribe(rev, await revAtOf('r-big', rev));
      await until('it is answered', () => screen.of('snapshot').length + screen.of('delta').length > 0);
      expect(screen.of('snapshot')).toHaveLength(snapshots);
    }
    const newest = await revOf('r-big');
    const near = await live(device, newest - 1, await revAtOf('r-big', newest - 1));
    expect(near.of('snapshot')).toHaveLength(0);
    const told = await live(device);
    await prisma.station.updateMany({ where: { restaurantId: 'r-big' }, data: { combine: true } });
    await prisma.$transaction((tx) => recordChanges(tx, new Map([['r-big', [FACTS]]])));
    await until('the facts come by themselves', () =>
      told.of('delta').some(({ facts }) => facts?.stations[0]?.combine === true),
    );
    expect(told.of('snapshot')).toHaveLength(1);
    await expectSame(told, 'r-big');
  });

  test('nothing falls between a large board and the first change after it, while changes keep coming', async () => {
    const device = await pair('r-big');
    await Promise.all(Array.from({ length: 300 }, (_, n) => change(`large-${n}`, 1, { restaurantId: 'r-big' })));
    const first = await live(device);
    let writing = true;
    const writers = [one, two].map(async (settler, i) => {
      for (let version = 1; writing; version += 1)
        await change(`busy-${i}`, version, { restaurantId: 'r-big' }, settler);
    });
    const fresh: Screen[] = [];
    for (let i = 0; i < 12; i += 1) fresh.push(await live(device));
    writing = false;
    await Promise.all(writers);
    for (const screen of [first, ...fresh]) {
      await upToDate(screen, 'r-big');
      expect(screen.gaps).toBe(0);
    }
    await expectSame(fresh.at(-1)!, 'r-big');
  });

  test('old change rows go by whole revs, and who would need them is given the whole board', async () => {
    await Promise.all(['trim-1', 'trim-2', 'trim-3'].map((id) => change(id, 1)));
    const before = await revOf();
    await change('trim-1', 2);
    await change('trim-2', 2);
    await prisma.$executeRaw`
      UPDATE changes SET at = now() - interval '2 hours' WHERE restaurant_id = 'r-1' AND rev <= ${before}
    `;
    await new Retention({ prisma, log }).trim();
    expect(await prisma.change.findMany({ where: { restaurantId: 'r-1' }, select: { rev: true } })).toEqual([
      { rev: BigInt(before) + 1n },
      { rev: BigInt(before) + 2n },
    ]);
    const lost = new Date(Date.now() - 2 * 3600_000).toISOString();
    const [needs, does] = await Promise.all([
      live(await pair(), before, lost),
      live(await pair(), before + 1, await revAtOf('r-1', before + 1)),
    ]);
    expect([
      needs.of('snapshot').length,
      does.of('snapshot').length,
      does.of('delta')[0]?.orders.map(({ id }) => id),
    ]).toEqual([1, 0, ['trim-2']]);
  });

  test('while a database that was put back is made up for, screens keep what they have and taps wait; then all are given the whole board', async () => {
    const { reading, lineage } = gateway;
    const reasons: string[] = [];
    const unsubscribe = lineage.onChange((reason) => reasons.push(reason));
    await change('put back', 1);
    const before = await revOf();
    await change('put back', 2, { note: 'of the lost tail' });
    const screen = await live(await pair());
    await upToDate(screen);
    expect(screen.orders.get('put back')?.note).toBe('of the lost tail');
    const seen = screen.of('snapshot').length + screen.of('delta').length;
    reading.holds = true;
    // As a restore does, at one moment: other changes then come under the same revs.
    await prisma.$transaction([
      prisma.change.deleteMany({ where: { restaurantId: 'r-1', rev: { gt: before } } }),
      prisma.restaurant.update({ where: { id: 'r-1' }, data: { rev: before } }),
    ]);
    await until('it is noticed', () => reasons.length > 0);
    await until('the screen is told', () => screen.of('pulse').at(-1)?.health.readingAgain === true);
    expect(screen.of('pulse').at(-1)).toMatchObject({ rev: before + 1, health: { database: 'away' } });
    await change('other', 1);
    await change('other', 2);
    screen.subscribe();
    const late = connect(await pair());
    await until('it is welcome', () => late.of('welcome').length > 0);
    late.subscribe();
    expect(
      await screen.ask({
        type: 'command',
        command: { kind: 'rush', id: randomUUID(), orderId: 'put back', on: true },
      }),
    ).toMatchObject({ outcome: 'unavailable' });
    const pulses = screen.of('pulse').length;
    await until('two more pulses', () => screen.of('pulse').length >= pulses + 2);
    expect([screen.of('snapshot').length + screen.of('delta').length, late.of('snapshot')]).toEqual([seen, []]);
    reading.holds = false;
    reading.release();
    for (const one of [screen, late]) {
      await until('it has the whole board', () => one.orders.has('other'));
      await expectSame(one, 'r-1');
    }
    await change('other', 3, { note: 'after it' });
    await until('changes come again', () => screen.orders.get('other')?.note === 'after it');
    expect(reasons).toHaveLength(1);
    unsubscribe();
  });

  test('a screen that holds a rev of another database waits until the topic is read, and is given the whole board; nobody else waits', async () => {
    const { reading } = gateway;
    const device = await pair();
    const other = await live(await pair());
    await change('elsewhere', 1);
    await change('elsewhere', 2);
    await upToDate(other);
    let read = () => {};
    reading.caughtUp = () =>
      new Promise((resolve) => {
        read = resolve;
      });
    const screen = connect(device);
    await until('it is welcome', () => screen.of('welcome').length > 0);
    screen.subscribe((await revOf()) - 1, '2026-01-01T00:00:00.000Z');
    await until('it is told to wait', () => screen.of('pulse').at(-1)?.health.readingAgain === true);
    screen.subscribe((await revOf()) + 7, await revAtOf('r-1', await revOf()));
    // As a page does that sees pulses of a lower rev than its own.
    screen.subscribe(null);
    expect((await live(await pair())).of('snapshot')).toHaveLength(1);
    const bump = { kind: 'rush' as const, id: randomUUID(), orderId: 'not read again', on: true };
    expect(await screen.ask({ type: 'command', command: bump })).toMatchObject({ outcome: 'unavailable' });
    expect(await screen.ask({ type: 'find', text: 'elsewhere' })).toEqual({ outcome: 'unavailable' });
    expect([screen.of('snapshot'), screen.of('delta')]).toEqual([[], []]);
    expect(other.of('pulse').at(-1)?.health.readingAgain).toBe(undefined);
    read();
    await until('it has the whole board', () => screen.of('snapshot').length > 0);
    await expectSame(screen, 'r-1');
    await until('it is trusted', () => screen.of('pulse').at(-1)?.health.readingAgain === undefined);
    reading.caughtUp = async () => {};
  });

  test('a tap that is sent together with the place of the board is decided after it: none is lost to a database that was put back', async () => {
    const { reading } = gateway;
    const device = await pair();
    let read = () => {};
    reading.caughtUp = () =>
      new Promise((resolve) => {
        read = resolve;
      });
    const screen = connect(device);
    await until('it is welcome', () => screen.of('welcome').length > 0);
    screen.subscribe((await revOf()) + 1, '2026-01-01T00:00:00.000Z');
    const command = { kind: 'rush' as const, id: randomUUID(), orderId: 'of the lost tail', on: true };
    expect(await screen.ask({ type: 'command', command })).toMatchObject({ outcome: 'unavailable' });
    read();
    await until('it has the whole board', () => screen.of('snapshot').length > 0);
    expect(await screen.ask({ type: 'command', command })).toMatchObject({ outcome: 'refused' });
    reading.caughtUp = async () => {};
  });

  test('a pulse before the board, and one each second, say how far the database was read, and how things stand', async () => {
    const screen = await live(await pair());
    await untilWithin('three pulses', 5000, () => screen.of('pulse').length >= 3);
    const [first, second, third] = screen.of('pulse');
    expect(first).toMatchObject({
      rev: await revOf(),
      serverTime: screen.of('snapshot')[0]!.serverTime,
      health: { database: 'ok' },
    });
    expect(screen.messages.indexOf(first!), 'a screen is live as soon as it has its board').toBeLessThan(
      screen.messages.indexOf(screen.of('snapshot')[0]!),
    );
    expect(Date.parse(third!.serverTime) - Date.parse(second!.serverTime)).toBeGreaterThan(800);
  });

  test(
    'property: under changes and taps from two processes, with screens that come and go, what a screen received is what the database has',
    { timeout: 60_000 },
    async () => {
      const step = fc.oneof(
        fc.record({
          do: fc.constant('change' as const),
          order: fc.nat(7),
          other: fc.boolean(),
          lines: fc.subarray(['l1', 'l2', 'd1'], { minLength: 1 }),
          status: fc.constantFrom('PLACED', 'PAID', 'PAID', 'CANCELED'),
        }),
        fc.record({ do: fc.constant('bump' as const), screen: fc.nat(2) }),
        fc.record({ do: fc.constant('again' as const), screen: fc.nat(2) }),
        fc.constant({ do: 'wait' as const }),
      );
      let run = 0;
      const parties = [
        await pair(),
        await pair('r-1', 'kitchen', stations.find(({ name }) => name === 'Bar')!.id),
        await pair('r-1', 'floor'),
      ];
      const atStation = [null, stations.find(({ name }) => name === 'Bar')!.id, null];
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
          run += 1;
          const versions = Array.from({ length: 8 }, () => 0);
          const shown = await Promise.all(parties.map((device) => live(device)));
          const work: Promise<unknown>[] = [];
          for (const what of steps) {
            if (what.do === 'change') {
              const version = (versions[what.order]! += 1);
              work.push(
                change(
                  `p${run}-${what.order}`,
                  version,
                  {
                    status: what.status,
                    items: what.lines.map((id) =>
                      item(id, id === 'd1' ? { category: 'drinks' } : { quantity: version }),
                    ),
                  },
                  what.other ? two : one,
                ),
              );
            }
            if (what.do === 'bump') {
              const open = [...shown[0]!.orders.values()].flatMap((order) =>
                order.tickets.filter(({ state }) => state === 'open').map((ticket) => ({ order, ticket })),
              )[what.screen * 3];
              if (open)
                work.push(
                  shown[0]!.ask({
                    type: 'command',
                    command: {
                      kind: 'bump',
                      id: randomUUID(),
                      orderId: open.order.id,
                      ticketId: open.ticket.id,
                    } satisfies Command,
                  }),
                );
            }
            if (what.do === 'again') {
              await Promise.all(work.splice(0));
              const old = shown[what.screen]!;
              const fresh = connect(parties[what.screen]!);
              shown[what.screen] = fresh;
              for (const [id, order] of old.orders) fresh.orders.set(id, order);
              fresh.rev = old.rev;
              old.socket.disconnect();
              fresh.socket.once('connect', () => fresh.subscribe());
            }
            if (what.do === 'wait') await Promise.all(work.splice(0));
          }
          await Promise.all(work);
          for (const [i, screen] of shown.entries()) {
            await expectSame(screen, 'r-1', atStation[i]!);
            expect(screen.gaps, 'gaps').toBe(0);
          }
          gateway.disconnectAll();
        }),
        { numRuns: 12, interruptAfterTimeLimit: 40_000 },
      );
    },
  );
});
