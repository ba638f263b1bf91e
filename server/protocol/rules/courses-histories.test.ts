// Over any history of changes, taps and time, no dish of a later course is forgotten.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AFTER, MANUAL, MENU, TIMED, merged, rules, shown, states } from '../../../test/courses.ts';
import { at, item, performContext } from '../../../test/made.ts';
import type { KitchenOrder } from '../../order/order.ts';
import { TOGETHER } from '../facts.ts';
import { followCourses } from './courses.ts';
import { perform, type KitchenCommand } from './perform.ts';

test('property: whatever comes, is tapped, or passes in time: held lines are on held tickets and no others, what is due is fired, and all of it can be finished', () => {
  const lineIds = ['a', 'b', 'c', 'd'];
  const items = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom(...lineIds),
      course: fc.constantFrom(null, 1, 2, 3),
      voided: fc.boolean(),
      category: fc.constantFrom('drinks', 'food'),
    }),
    { selector: ({ id }) => id, minLength: 1 },
  );
  const onTicket = ({ tickets }: KitchenOrder, n: number) => ({ ticketId: tickets[n % tickets.length]!.id });
  const onLine = ({ lines }: KitchenOrder, n: number) => ({ lineIds: [lines[n % lines.length]!.id] });
  /**
   * Every command: its weight, and its fields, which a number chooses. A new command does not compile until it stands
   * here.
   */
  const commands: Record<
    KitchenCommand['kind'],
    [weight: number, fieldsOf: (order: KitchenOrder, n: number) => object]
  > = {
    start: [3, onLine],
    bump: [2, onTicket],
    recall: [2, onTicket],
    serve: [3, onLine],
    unstart: [1, onLine],
    unserve: [1, onLine],
    acknowledge: [2, onTicket],
    'see-allergy': [1, onTicket],
    fire: [2, (order, n) => (n % 5 ? { course: [null, 1, 2, 3][n % 4] } : onTicket(order, n))],
    hold: [2, (order, n) => (n % 5 ? {} : onTicket(order, n))],
    rush: [2, (_, n) => ({ on: n % 2 > 0 })],
    transfer: [6, (order, n) => ({ ...onLine(order, n), stationId: ['bar', 'kitchen'][(n >> 2) % 2] })],
    'note-delay': [1, (_, n) => ({ note: n % 2 > 0 ? 'on its way' : null })],
  };
  const kinds = Object.keys(commands) as KitchenCommand['kind'][];
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('detail' as const),
        items,
        status: fc.constantFrom('PLACED', 'PAID', 'PAID', 'PAID', 'CANCELED'),
        // Fired 1,500 s before: at once, soon, or after all of this.
        dueAt: fc.constantFrom(null, null, null, at(1200), at(1600), at(1900), at(90_000)),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 200 }) }),
    },
    ...kinds.map((kind) => ({
      weight: commands[kind][0],
      arbitrary: fc.record({ kind: fc.constant(kind), n: fc.nat(23) }),
    })),
  );
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 2, maxLength: 25 }),
      fc.constantFrom(TOGETHER, MANUAL, AFTER, TIMED),
      (steps, courses) => {
        let [order, seconds] = [merged(null, MENU.slice(0, 3), courses), 10];
        const act = (command: object, stationId: string | null = null) => {
          const result = perform(
            order,
            { id: 'x', orderId: order.id, ...command } as unknown as KitchenCommand,
            performContext((seconds += 1), { courses, stationId }),
          );
          // A refused command changes nothing, but a second has passed, and the clock may be due.
          order = 'after' in result ? result.after : followCourses(order, rules(courses), at(seconds));
          return 'after' in result;
        };
        for (const what of steps) {
          const before = order;
          if (what.kind === 'wait') order = followCourses(order, rules(courses), at((seconds += what.seconds)));
          else if (what.kind === 'detail') {
            if (order.status === 'CANCELED' && what.status !== 'CANCELED') continue;
            order = merged(
              order,
              what.items.map(({ id, ...more }) => item(id, more)),
              courses,
              (seconds += 1),
              { status: what.status, dueAt: what.dueAt },
            );
            for (const old of before.lines) {
              const now = order.lines.find(({ id }) => id === old.id)!;
              if ((old.state === 'cooking' || old.state === 'ready') && now.state !== 'voided')
                expect([now.state, now.ticketId]).toEqual([old.state, old.ticketId]);
            }
          } else {
            const { kind, n } = what;
            const from = kind === 'transfer' ? ['bar', 'kitchen', null][n >> 3] : null;
            act({ kind, ...commands[kind][1](order, n) }, from);
          }

          expect(order.lines.map(({ id }) => id)).toEqual(expect.arrayContaining(before.lines.map(({ id }) => id)));
          expect(
            new Set(order.tickets.map(({ stationId, firing }) => `${stationId} ${firing}`)).size,
            'firings count up',
          ).toBe(order.tickets.length);
          for (const line of order.lines) {
            const ticket = order.tickets.find(({ id }) => id === line.ticketId)!;
            expect(ticket.stationId, 'a line is where its ticket is').toBe(line.stationId);
            if (line.state !== 'voided')
              expect(line.state === 'held', 'held lines are on held tickets').toBe(ticket.state === 'held');
            if (line.state === 'waiting' || line.state === 'cooking')
              expect(ticket.state, 'what is to be cooked is on an open ticket').toBe('open');
          }
          for (const ticket of order.tickets) {
            expect(ticket.state === 'held').toBe(ticket.heldFor !== null);
            if (ticket.state === 'held')
              expect(
                order.lines.some(({ ticketId, state }) => ticketId === ticket.id && state === 'held'),
                'nothing is held for nothing',
              ).toBe(true);
            if (ticket.state === 'open' && !ticket.notices.length)
              expect(
                order.lines.some(({ ticketId }) => ticketId === ticket.id),
                'no open ticket is empty',
              ).toBe(true);
          }
          expect(followCourses(order, rules(courses), at(seconds)), 'nothing that is due is left').toBe(order);
          if (order.tickets.some(({ heldFor }) => heldFor === 'order')) expect(order.hold).not.toBeNull();
        }
        if (order.hold) expect(act({ kind: 'fire' })).toBe(true);
        // First all that waits for its due time, then the courses behind it.
        for (const _ of ['due', 'courses']) expect(act({ kind: 'fire' })).toBe(true);
        for (const { id, state } of order.tickets) {
          if (state === 'open') act({ kind: 'acknowledge', ticketId: id });
          if (order.tickets.find((ticket) => ticket.id === id)!.state === 'open')
            expect(act({ kind: 'bump', ticketId: id })).toBe(true);
          act({ kind: 'acknowledge', ticketId: id });
        }
        act({ kind: 'serve', lineIds: order.lines.filter(({ state }) => state === 'ready').map(({ id }) => id) });
        expect(order.closedAt, `all of it is done: ${states(order)}, ${shown(order).join(', ')}`).not.toBeNull();
      },
    ),
    {
      numRuns: 600,
      examples: [
        [
          [
            { kind: 'wait', seconds: 57 },
            { kind: 'bump', n: 0 },
            { kind: 'fire', n: 3 },
            { kind: 'start', n: 0 },
          ],
          TIMED,
        ],
      ],
    },
  );
});
