// Says which lines of orders could not be read as a whole. The tickets name the parts (item.ts); this names the order for
// an operator, and counts. A platform that sends a field in an odd shape does so in every order, so the log has one line
// for all of them each minute.
import type { Logger } from '../logger.ts';
import type { OrderDetail } from '../upstream/detail.ts';

const EVERY_MS = 60_000;

export class UnreadLines {
  #silentUntil = -Infinity;
  #untold = 0;

  constructor(
    private readonly log: Pick<Logger, 'warn'>,
    private readonly onUnread: (lines: number) => void = () => {},
  ) {}

  /** @param now a monotonic time in ms */
  tell({ id, restaurantId, items }: OrderDetail, now = performance.now()): void {
    const unread = items.filter((item) => item.unread.length > 0);
    if (!unread.length) return;
    this.onUnread(unread.length);
    this.#untold += unread.length;
    if (now < this.#silentUntil) return;
    this.#silentUntil = now + EVERY_MS;
    const [line] = unread as [(typeof unread)[number]];
    this.log.warn(
      { orderId: id, restaurantId, itemId: line.id, unread: line.unread, lines: this.#untold },
      'lines of orders could not be read as a whole; their tickets say so, and one of them is named here',
    );
    this.#untold = 0;
  }
}
