// Which orders screens are shown, for `orders o`: the same as shownUntil of protocol/limits.ts, which pages go by.
import { Prisma } from '../db/client.ts';
import { SHOWN_FOR_MS } from '../protocol/limits.ts';

const since = Prisma.sql`now() - ${SHOWN_FOR_MS} * interval '1 ms'`;

/** A dish that is ordered today on a tab of last week is to be cooked: its ticket counts from its own fire. */
export const isShown = Prisma.sql`
  (
    GREATEST(o.received_at, o.due_at) > ${since}
      OR EXISTS (SELECT FROM tickets f WHERE f.order_id = o.id AND f.state IN ('open', 'bumped') AND f.fired_at > ${since})
  )
`;
