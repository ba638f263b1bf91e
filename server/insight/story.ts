// An order's whole story, told from its rows: every event, on one time line. Pure, but for the one function that reads.
import { dishWords } from '../protocol/rules/quantity.ts';
import type { PrismaClient } from '../db/client.ts';
import { hasNoRow } from '../http/requests.ts';
import type { CommandKind } from '../protocol/commands.ts';
import type { Story, StoryEvent } from '../protocol/story.ts';
import { readStoryRows, type StoryRows } from './story-rows.ts';

export interface FoundStory {
  story: Story;
  /** The restaurants that have a claim to the order; empty where none is known. */
  restaurantIds: string[];
}

/** @returns null where no table knows such an order */
export async function readStory(prisma: PrismaClient, orderId: string): Promise<FoundStory | null> {
  if (hasNoRow(orderId)) return null;
  const archived = await prisma.$queryRaw<
    { story: StoryRows | null; at: Date }[]
  >`SELECT story, archived_at AS at FROM archived_orders WHERE order_id = ${orderId} ORDER BY archived_at`;
  const hot = await readStoryRows(prisma, orderId);
  const now: StoryRows[] = hot === null ? [] : [JSON.parse(hot) as StoryRows];
  const before = archived.flatMap(({ story }) => (story === null ? [] : [story]));
  const all = [...before, ...now];
  if (!all.length) return null;
  // Rejected messages stay where they are, and would be told twice.
  const events = [
    ...before.map((rows, i) => (i < before.length - 1 || now.length ? { ...rows, rejected: [] } : rows)),
    ...now,
  ].flatMap(eventsOf);
  events.push(...archived.map(({ at }): StoryEvent => ({ kind: 'archived', at: at.toISOString() })));
  // Messages that came after the archiving, and could not be read or fetched, know less of the order than the archive.
  const order = all.findLast((rows) => rows.order !== null)?.order ?? null;
  const isHot = now.some((rows) => rows.order !== null);
  return {
    restaurantIds: order ? [order.restaurantId] : [...new Set(all.flatMap((rows) => rows.restaurantIds))],
    story: {
      orderId,
      number: order?.number ?? orderId,
      status: order?.status ?? null,
      type: order?.type ?? null,
      table: order?.table ?? null,
      archived: order !== null && !isHot,
      events: inOrder(events),
    },
  };
}

/**
 * Within one transaction or one millisecond the cause comes first: the retry by hand before the fetch that it caused.
 */
const rank: Record<StoryEvent['kind'], number> = {
  placed: 0,
  rejected: 1,
  operator: 2,
  fetch: 3,
  received: 4,
  message: 5,
  parked: 6,
  failed: 7,
  tap: 8,
  held: 9,
  fired: 10,
  confirmed: 11,
  closed: 12,
  archived: 13,
  'next-try': 14,
};
const inOrder = (events: StoryEvent[]): StoryEvent[] =>
  events.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || rank[a.kind] - rank[b.kind]);

function eventsOf(rows: StoryRows): StoryEvent[] {
  const { order } = rows;
  return [
    ...(order?.placedAt ? [{ kind: 'placed' as const, at: order.placedAt }] : []),
    ...(order ? [{ kind: 'received' as const, at: order.receivedAt }] : []),
    ...(order?.closedAt ? [{ kind: 'closed' as const, at: order.closedAt }] : []),
    ...fetches(rows),
    ...messages(rows),
    ...rows.parked.flatMap(parkedEvents),
    ...tickets(rows),
    ...taps(rows),
    ...rows.operator.map(({ at, actor, action }) => ({
      kind: 'operator' as const,
      at,
      action: action === 'parked.retry' ? ('retry' as const) : ('discard' as const),
      by: actor,
    })),
    ...rows.rejected.map((row) => ({ kind: 'rejected' as const, ...row })),
  ];
}

/** One fetch may end several messages; it is told once. */
function fetches({ history }: StoryRows): StoryEvent[] {
  const seen = new Map<string, StoryEvent>();
  for (const { fetchedAt, fetchMs, fetchTries } of history) {
    if (fetchedAt !== null)
      seen.set(fetchedAt, { kind: 'fetch', at: fetchedAt, ms: fetchMs, tries: fetchTries ?? 1, error: null });
  }
  return [...seen.values()];
}

const messages = ({ history }: StoryRows): StoryEvent[] =>
  history.map(({ at, kind: fate, status, version, partition, offset, redelivery }) => ({
    kind: 'message',
    at,
    fate,
    status,
    version,
    partition,
    offset,
    redelivery,
  }));

function parkedEvents({
  partition,
  offset,
  parkedAt,
  state,
  attempts,
  lastError,
  nextAttemptAt,
  fetches,
}: StoryRows['parked'][number]): StoryEvent[] {
  const events: StoryEvent[] = [
    ...fetches.map(({ at, ms, tries, error }): StoryEvent => ({ kind: 'fetch', at, ms, tries, error })),
    { kind: 'parked', at: parkedAt, partition, offset, error: fetches[0]?.error ?? null },
  ];
  const last = fetches.at(-1);
  if (state === 'FAILED' && last)
    events.push({ kind: 'failed', at: ended(last), partition, offset, attempts, error: lastError });
  if (state === 'PARKED' && nextAttemptAt !== null)
    events.push({ kind: 'next-try', at: nextAttemptAt, attempts, error: lastError });
  return events;
}

const ended = ({ at, ms }: { at: string; ms: number | null }): string =>
  new Date(Date.parse(at) + (ms ?? 0)).toISOString();

function tickets({ tickets, lines }: StoryRows): StoryEvent[] {
  return tickets.flatMap(
    ({ id, station, firing, state, course, heldFor, firedAt, confirmedAt, confirmedBy }): StoryEvent[] => {
      const dishes = lines.filter(({ ticketId }) => ticketId === id).map(dishWords);
      const came: StoryEvent =
        state === 'held'
          ? { kind: 'held', at: firedAt, station, dishes, course, heldFor }
          : { kind: 'fired', at: firedAt, station, dishes, course, firing };
      return [
        came,
        ...(confirmedAt === null
          ? []
          : [
              {
                kind: 'confirmed' as const,
                at: confirmedAt,
                station,
                by: confirmedBy,
                ms: Math.max(0, Date.parse(confirmedAt) - Date.parse(firedAt)),
              },
            ]),
      ];
    },
  );
}

/** A tap that names lines or a ticket is told with its dishes and its station. */
function taps({ taps, lines, tickets }: StoryRows): StoryEvent[] {
  return taps.map(({ at, kind, by, device, command, outcome, why }) => {
    const named = Array.isArray(command['lineIds'])
      ? lines.filter(({ id }) => (command['lineIds'] as unknown[]).includes(id))
      : [];
    const ticketId = command['ticketId'] ?? named[0]?.ticketId;
    const station = tickets.find(({ id }) => id === ticketId)?.station ?? null;
    const note = typeof command['note'] === 'string' ? command['note'] : null;
    return {
      kind: 'tap',
      at,
      command: kind as CommandKind,
      by,
      device,
      station,
      dishes: named.map(dishWords),
      note,
      outcome,
      why,
    };
  });
}
