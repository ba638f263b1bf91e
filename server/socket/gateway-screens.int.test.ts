// A screen sees and changes only its own restaurant and station, confirms its tickets, and can break nothing by its
// messages.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type Screen } from '../../test/gateway.ts';
import { PROTOCOL_VERSION } from '../protocol/messages.ts';
import { item } from '../../test/made.ts';
import { until, untilWithin } from '../../test/until.ts';

const gateway = await startGateway();
const { prisma, devices, url, stations, one, two, seen, change, pair, connect, live, upToDate, expectSame } = gateway;
afterEach(() => gateway.disconnectAll());
afterAll(() => gateway.stop());

describe('a screen sees its own restaurant only', () => {
  test("another restaurant's orders never arrive, and cannot be touched", async () => {
    const theirStation = await prisma.station.findFirstOrThrow({ where: { restaurantId: 'r-2' } });
    const [mine, other, atTheirStation] = [
      await live(await pair('r-1')),
      await live(await pair('r-2')),
      await live(await pair('r-2', 'kitchen', theirStation.id)),
    ];
    await change('mine', 1, { items: [item('l1', { name: 'secret of r-1' })] });
    await change('theirs', 1, { restaurantId: 'r-2', items: [item('l1', { name: 'secret of r-2' })] });
    await until('both have theirs', () => mine.orders.has('mine') && other.orders.has('theirs'));
    await until('pulses', () => mine.of('pulse').length > 0 && other.of('pulse').length > 0);
    for (const screen of [other, atTheirStation])
      expect([screen.text().includes('secret of r-1'), screen.text().includes('mine')]).toEqual([false, false]);
    expect(mine.text()).not.toContain('secret of r-2');
    await expectSame(atTheirStation, 'r-2', theirStation.id);
    const ticketId = mine.orders.get('mine')!.tickets[0]!.id;
    expect(
      await other.ask({ type: 'command', command: { kind: 'bump', id: randomUUID(), orderId: 'mine', ticketId } }),
    ).toMatchObject({ outcome: 'refused', reason: 'there is no such order here' });
  });

  test("a station's screen is told that another station's orders are none of its own", async () => {
    const bar = stations.find(({ name }) => name === 'Bar')!;
    const screen = await live(await pair('r-1', 'kitchen', bar.id));
    await change('food only', 1, { items: [item('l1', { name: 'food secret' })] });
    await change('with a drink', 1, { items: [item('l1'), item('d1', { category: 'drinks' })] });
    await until('it has the drink', () => screen.orders.has('with a drink'));
    expect([screen.orders.has('food only'), screen.text().includes('food secret')]).toEqual([false, false]);
    await expectSame(screen, 'r-1', bar.id);
  });

  test("a page of another site, a browser that is no device, another device's name and a revoked device are refused", async () => {
    const [device, gone] = [await pair(), await pair()];
    await devices.revoke(gone.deviceId, 'test');
    const refused = async (screen: Screen) => until('it is refused', () => screen.refusal);
    expect(await refused(connect(device, { origin: 'https://evil.example' }))).toBe('forbidden-origin');
    expect(await refused(connect(device, { origin: 'null' }))).toBe('forbidden-origin');
    // Without any cookie of ours no socket is opened: a WebSocket is not told why, a poll is.
    expect(await refused(connect({ ...device, cookie: '' }))).toBe('websocket error');
    expect(await refused(connect({ ...device, cookie: '' }, {}, ['polling']))).toBe('not-paired');
    expect(await refused(connect({ ...device, deviceId: gone.deviceId }))).toBe('not-paired');
    expect(await refused(connect({ ...device, deviceId: '\0' }))).toBe('not-paired');
    expect(await refused(connect(gone))).toBe('revoked');
    for (const origin of [url, 'https://kitchen.example']) {
      const screen = connect(device, { origin });
      await until(`${origin} is ours`, () => screen.of('welcome').length > 0);
    }
  });

  test("a revoked device's socket ends at once, and soon even where the hint is lost", async () => {
    const [told, untold, stays] = [await pair(), await pair(), await pair()];
    const [a, b, c] = [await live(told), await live(untold), await live(stays)];
    seen.lookups.length = 0;
    await devices.revoke(told.deviceId, 'test');
    await untilWithin('it ended', 3000, () => a.ended);
    // By the hint, which names one device; the look once a second asks about all of them.
    expect([a.of('revoked').length, seen.lookups]).toEqual([1, expect.arrayContaining([[told.deviceId]])]);
    await prisma.$executeRaw`UPDATE devices SET revoked_at = now() WHERE id = ${untold.deviceId}::uuid`;
    await untilWithin('the other ended', 3000, () => b.ended);
    expect(c.ended).toBeUndefined();
  });
});

describe("what a station's screen has not confirmed", () => {
  const bar = () => stations.find(({ name }) => name === 'Bar')!.id;
  const drink = (id: string) => change(id, 1, { items: [item('d1', { category: 'drinks' })] });
  const ticketOf = async (orderId: string) => prisma.ticket.findFirstOrThrow({ where: { orderId } });
  /** Before every other test's, as if the station had been blind for so long. */
  const fired = (orderId: string, secondsAgo: number) =>
    prisma.$executeRaw`
      UPDATE tickets SET fired_at = fired_at - ${secondsAgo} * interval '1 second' WHERE order_id = ${orderId}
    `;
  const unconfirmedOf = (screen: Screen) => screen.of('pulse').at(-1)?.unconfirmed;
  const quiet = () => prisma.$executeRaw`UPDATE tickets SET confirmed_at = now() WHERE confirmed_at IS NULL`;

  test('is told to the expo and managers, and to nobody else, until a screen of its station confirms it', async () => {
    await quiet();
    const [screen, other, expo, manager, floor] = [
      await live(await pair('r-1', 'kitchen', bar())),
      await live(await pair('r-1', 'kitchen', stations.find(({ name }) => name !== 'Bar')!.id)),
      await live(await pair()),
      await live(await pair('r-1', 'manager')),
      await live(await pair('r-1', 'floor')),
    ];
    const elsewhere = await live(await pair('r-2', 'manager'));
    await drink('seen by nobody');
    await fired('seen by nobody', 11);
    const { id: ticketId } = await ticketOf('seen by nobody');
    for (const told of [expo, manager])
      await untilWithin('it is told', 4000, () =>
        unconfirmedOf(told)?.tickets.some((ticket) => ticket.ticketId === ticketId),
      );
    expect(unconfirmedOf(manager)).toEqual({
      count: 1,
      tickets: [
        { ticketId, orderId: 'seen by nobody', number: 'A100', stationId: bar(), since: expect.stringMatching(/Z$/) },
      ],
    });
    expect([unconfirmedOf(floor), unconfirmedOf(screen), unconfirmedOf(elsewhere)?.count]).toEqual([
      undefined,
      undefined,
      0,
    ]);
    for (const wrong of [other, expo])
      wrong.socket.emit('message', { type: 'shown', rev: wrong.rev, ticketIds: [ticketId] });
    await new Promise((resolve) => {
      setTimeout(resolve, 1500);
    });
    expect((await ticketOf('seen by nobody')).confirmedAt).toBeNull();
    seen.confirmed.length = 0;
    screen.socket.emit('message', { type: 'shown', rev: screen.rev, ticketIds: [ticketId, randomUUID()] });
    await until('it is confirmed', async () => (await ticketOf('seen by nobody')).confirmedAt);
    expect((await ticketOf('seen by nobody')).confirmedBy).toMatch(/^[0-9a-f-]{36}$/);
    await untilWithin('nothing is told any more', 3000, () => unconfirmedOf(manager)?.count === 0);
    expect([seen.confirmed.length, seen.confirmed[0]! > 11]).toEqual([1, true]);
  });

  test('is nobody’s trouble where the station is set to have no screen', async () => {
    await quiet();
    const manager = await live(await pair('r-1', 'manager'));
    await prisma.station.update({ where: { id: bar() }, data: { screen: false } });
    await drink('poured by hand');
    await fired('poured by hand', 11);
    await change('for the kitchen', 1);
    await fired('for the kitchen', 11);
    await untilWithin('the other station is told of', 4000, () =>
      unconfirmedOf(manager)?.tickets.some(({ orderId }) => orderId === 'for the kitchen'),
    );
    expect(unconfirmedOf(manager)?.tickets.map(({ orderId }) => orderId)).not.toContain('poured by hand');
    await prisma.station.update({ where: { id: bar() }, data: { screen: true } });
    await quiet();
  });

  test('is sent to that station again, at most every 10 s, with the order as it is at the rev that the screen has', async () => {
    await quiet();
    const [screen, expo] = [await live(await pair('r-1', 'kitchen', bar())), await live(await pair())];
    seen.redelivered = 0;
    await drink('lost on the way');
    await upToDate(screen);
    await fired('lost on the way', 11);
    await untilWithin('it comes again', 4000, () => screen.of('redelivery').length > 0);
    expect(screen.of('redelivery')[0]).toMatchObject({ rev: screen.rev, orders: [{ id: 'lost on the way' }] });
    await new Promise((resolve) => {
      setTimeout(resolve, 2500);
    });
    expect([screen.of('redelivery').length, expo.of('redelivery').length, seen.redelivered]).toEqual([1, 0, 1]);
  });

  test("confirms by a ticket's fire: what is held and fired again must be confirmed again", async () => {
    await quiet();
    const screen = await live(await pair('r-1', 'kitchen', bar()));
    const expo = await live(await pair());
    await drink('fired twice');
    const { id: ticketId } = await ticketOf('fired twice');
    screen.socket.emit('message', { type: 'shown', rev: screen.rev, ticketIds: [ticketId] });
    await until('it is confirmed', async () => (await ticketOf('fired twice')).confirmedAt);
    for (const kind of ['hold', 'fire'])
      expect(
        (await expo.ask({ type: 'command', command: { kind, id: randomUUID(), orderId: 'fired twice' } })).outcome,
      ).toBe('done');
    expect((await ticketOf('fired twice')).confirmedAt).toBeNull();
    await change('fired twice', 2, { items: [item('d1', { category: 'drinks', quantity: 3 })] });
    screen.socket.emit('message', { type: 'shown', rev: screen.rev, ticketIds: [ticketId] });
    await until('it is confirmed again', async () => (await ticketOf('fired twice')).confirmedAt);
    await change('fired twice', 3, { items: [item('d1', { category: 'drinks', quantity: 4 })] });
    expect((await ticketOf('fired twice')).confirmedAt).not.toBeNull();
  });

  test('confirmations and changes of the same tickets at once lock nothing up', async () => {
    const screen = await live(await pair('r-1', 'kitchen', bar()));
    const ids = Array.from({ length: 40 }, (_, i) => `together-${i}`);
    const warned = [one.warnings.length, two.warnings.length];
    const work = ids.map(async (id, i) => {
      await change(id, 1, { items: [item('d1', { category: 'drinks' })] }, i % 2 ? one : two);
      const ticket = await ticketOf(id);
      // As many as one socket may send at once.
      if (i % 4 === 0) screen.socket.emit('message', { type: 'shown', rev: screen.rev, ticketIds: [ticket.id] });
      for (let version = 2; version < 5; version += 1)
        await change(
          id,
          version,
          { items: [item('d1', { category: 'drinks', quantity: version })] },
          (i + version) % 2 ? one : two,
        );
    });
    await Promise.all(work);
    const settled = await prisma.ticket.findMany({ where: { orderId: { in: ids } }, select: { id: true } });
    screen.socket.emit('message', { type: 'shown', rev: screen.rev, ticketIds: settled.map(({ id }) => id) });
    await until(
      'all are confirmed',
      async () => (await prisma.ticket.count({ where: { orderId: { in: ids }, confirmedAt: null } })) === 0,
    );
    expect([one.warnings.length, two.warnings.length]).toEqual(warned);
  });
});

describe('guests', () => {
  test('have links that the floor and the expo are told, in boards and in changes, and no other screen', async () => {
    await change('with guests', 1, { items: [item('l1'), item('d1', { category: 'drinks' })] });
    const [floor, expo, manager, kitchen] = [
      await live(await pair('r-1', 'floor')),
      await live(await pair()),
      await live(await pair('r-1', 'manager')),
      await live(await pair('r-1', 'kitchen', stations[0]!.id)),
    ];
    await change('with guests', 2, { items: [item('l1'), item('d1', { category: 'drinks' })], table: '7' });
    for (const screen of [floor, expo, manager, kitchen])
      await until('the change is there', () => screen.orders.get('with guests')?.table === '7');
    expect([floor, expo].map(({ orders }) => orders.get('with guests')!.guestToken)).toEqual([
      'token of with guests',
      'token of with guests',
    ]);
    for (const screen of [manager, kitchen]) expect(screen.text()).not.toContain('token of');
  });
});

describe('find', () => {
  test('answers any screen about its own restaurant', async () => {
    await change('to be found', 1, { number: 'F7' });
    const [kitchen, other] = [await live(await pair('r-1', 'kitchen', stations[0]!.id)), await live(await pair('r-2'))];
    expect(await kitchen.ask({ type: 'find', text: '#f7' })).toMatchObject({
      outcome: 'found',
      matches: [{ orderId: 'to be found', where: 'open' }],
    });
    expect(await other.ask({ type: 'find', text: 'F7' })).toMatchObject({ outcome: 'found', matches: [] });
    const answers = await Promise.all(Array.from({ length: 20 }, () => kitchen.ask({ type: 'find', text: 'F7' })));
    expect(new Set(answers.map(({ outcome }) => String(outcome)))).toEqual(new Set(['found', 'too-many']));
  });
});

describe('a flood from one socket', () => {
  const kinds: Record<string, (i: number) => unknown> = {
    'of taps and boards': (i) =>
      i % 3
        ? { type: 'command', command: { kind: 'start', id: randomUUID(), orderId: `no such order ${i}`, lineIds: [] } }
        : { type: 'subscribe', rev: null },
    'of nothing that can be read': (i) => ({ type: 'noise', i }),
  };

  test.each(Object.keys(kinds))('%s ends that socket and holds up no other screen', async (kind) => {
    const orderId = `beside a flood ${kind}`;
    await change(orderId, 1);
    const [flood, other] = [await live(await pair()), await live(await pair())];
    const { id: ticketId } = other.orders.get(orderId)!.tickets[0]!;
    let worst = 0;
    let flooding = true;
    const watched = (async () => {
      while (flooding) {
        const began = performance.now();
        for (const tap of ['bump', 'recall'] as const)
          expect(
            await other.ask({ type: 'command', command: { kind: tap, id: randomUUID(), orderId, ticketId } }),
          ).toMatchObject({ outcome: 'done' });
        worst = Math.max(worst, performance.now() - began);
      }
    })();
    try {
      for (let i = 0; i < 6000 && !flood.ended; i += 1) {
        flood.socket.emit('message', kinds[kind]!(i));
        if (i % 200 === 0)
          await new Promise((resolve) => {
            setTimeout(resolve, 10);
          });
      }
      await until('the flood is over', () => flood.ended);
    } finally {
      // However it went, no tap of this test is left for the next one.
      flooding = false;
      await Promise.allSettled([watched]);
    }
    await watched;
    // On a busy machine two taps alone can take a second.
    expect(worst, 'two taps beside it, in ms').toBeLessThan(5000);
    expect(other.ended).toBeUndefined();
  });
});

describe('what cannot be read', () => {
  beforeAll(() => change('tapped', 1));
  const order = async () =>
    JSON.stringify(await prisma.lineItem.findMany({ where: { orderId: 'tapped' } })) +
    (await prisma.kitchenAction.count());

  test('is refused and changes nothing; the socket goes on', async () => {
    const screen = await live(await pair());
    const before = await order();
    const view = screen.orders.get('tapped')!;
    const bump = { kind: 'bump', id: randomUUID(), orderId: view.id, ticketId: view.tickets[0]!.id };
    const bad: unknown[] = [
      null,
      7,
      'text',
      [],
      {},
      { type: 'command' },
      { type: 'command', command: null },
      { type: 'command', command: { ...bump, id: 'x' } },
      { type: 'command', command: { ...bump, ticketId: 7 } },
      { type: 'command', command: { ...bump, kind: 'burn' } },
      { type: 'command', command: { ...bump, orderId: 'x'.repeat(65) } },
      { type: 'command', command: { ...bump, lineIds: Array.from({ length: 501 }, () => 'l1') } },
      { type: 'subscribe', rev: 'newest' },
      { type: 'welcome' },
      { __proto__: { type: 'command' } },
    ];
    for (const message of bad)
      expect(await screen.ask(message), JSON.stringify(message)?.slice(0, 80)).toMatchObject({ outcome: 'refused' });
    screen.socket.emit('message');
    screen.socket.emit('message', bump, bump, 'no function');
    screen.socket.emit('something else', bump);
    for (const id of ['a\0b', '\ud800'])
      expect((await screen.ask({ type: 'command', command: { ...bump, orderId: id } })).outcome).toMatch(
        /refused|unavailable/,
      );
    expect((await screen.ask({ type: 'command', command: { ...bump, kind: 'start', lineIds: ['l1'] } })).outcome).toBe(
      'done',
    );
    expect(await order()).not.toBe(before);
    expect(screen.ended).toBeUndefined();
  });

  test('a rev that no database ever had is answered with the whole board, or not at all', async () => {
    const screen = await live(await pair());
    for (const rev of [-1, 1.5, 1e300, Number.MAX_SAFE_INTEGER]) screen.subscribe(rev);
    await change('still told', 1);
    await until('the screen goes on', () => screen.orders.has('still told'));
    for (const { fromRev, rev } of screen.of('delta')) expect(rev).toBeGreaterThanOrEqual(fromRev);
    expect(screen.of('delta').every(({ fromRev }) => Number.isInteger(fromRev) && fromRev >= 0)).toBe(true);
  });

  test('an oversized message ends its socket and nothing else', async () => {
    const [big, other] = [await live(await pair()), await live(await pair())];
    const before = await order();
    big.socket.emit('message', {
      type: 'command',
      command: { kind: 'start', id: randomUUID(), orderId: 'tapped', lineIds: ['x'.repeat(100_000)] },
    });
    await until('it ended', () => big.ended);
    expect([await order(), other.ended]).toEqual([before, undefined]);
  });
});

describe('a connection that sends CONNECT after CONNECT', () => {
  /** @returns the messages that came before the connection ended */
  const flood = async (headers: Record<string, string>, deviceId: string): Promise<string[]> => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { headers });
    const heard: string[] = [];
    const ended = once(socket, 'close');
    socket.addEventListener('message', ({ data }) => heard.push(String(data)));
    socket.addEventListener('open', () => {
      for (let i = 0; i < 4000; i += 1)
        socket.send(`40${JSON.stringify({ protocolVersion: PROTOCOL_VERSION, deviceId })}`);
    });
    await ended;
    return heard;
  };

  test('opens no socket without a cookie, one or none with a tablet’s, and ends', async () => {
    const [screen, { deviceId, cookie }] = [await live(await pair()), await pair()];
    seen.identified = 0;
    expect(await flood({}, deviceId)).toEqual([]);
    expect(seen.identified).toBe(0);
    for (const id of [deviceId, randomUUID()]) {
      const heard = await flood({ cookie }, id);
      // 40: let in. 44: refused.
      expect(heard.filter((message) => /^4[04]/.test(message)).length).toBeLessThanOrEqual(1);
    }
    expect(seen.identified).toBeLessThanOrEqual(2);
    await change('meanwhile', 1);
    await until('the others go on', () => screen.orders.has('meanwhile'));
  });

  test('a refusal ends the connection, which would stay open for ten seconds', async () => {
    const { cookie } = await pair();
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      headers: { cookie },
    });
    const heard: string[] = [];
    socket.addEventListener('message', ({ data }) => heard.push(String(data)));
    socket.addEventListener('open', () =>
      socket.send(`40${JSON.stringify({ protocolVersion: PROTOCOL_VERSION, deviceId: randomUUID() })}`),
    );
    await once(socket, 'close');
    expect(heard.at(-1)).toBe('44{"message":"not-paired"}');
  });
});
