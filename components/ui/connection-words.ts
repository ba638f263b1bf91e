// What a screen says about how far it can be trusted: the pill's few words, and the banner's sentence.
import type { Cause, Connection } from '../live/index.ts';
import { formatAge, formatSpan } from './times.ts';

export function pillWords(connection: Connection, cause: Cause | null, confirmedAgo: number | null): { long: string; short: string } {
  const age = confirmedAgo === null ? null : formatSpan(confirmedAgo);
  if (connection === 'live') return { long: `Live · confirmed ${age ?? '0 s'} ago`, short: `Live · ${age ?? '0 s'}` };
  if (cause?.kind === 'behind') return same(`Behind · ${formatAge(cause.seconds * 1000)}`);
  if (cause?.kind === 'connecting' && confirmedAgo === null) return same('Connecting');
  const word = connection === 'offline' ? 'Offline' : 'Not live';
  return same(confirmedAgo === null ? word : `${word} · ${formatAge(confirmedAgo)}`);
}

const same = (words: string) => ({ long: words, short: words });

export interface BannerWords {
  /** What may be wrong with the board. */
  readonly title: string;
  /** Why, and what comes next. */
  readonly why: string;
}

/** @param backIn in how many seconds a server that is behind will have caught up, where that can be told */
export function bannerWords(cause: Cause, backIn: number | null): BannerWords {
  switch (cause.kind) {
    case 'device-offline':
      return { title: 'New orders are not arriving.', why: 'This screen has no network. It is right again seconds after the network is back; taps are kept until then.' };
    case 'server-away':
      return { title: 'New orders are not arriving.', why: 'The server cannot be reached; it is tried every 2 s. Right again seconds after it answers; taps are kept until then.' };
    case 'connecting':
      return { title: 'Newer orders may be missing here.', why: 'The server is back; asking it for what changed.' };
    case 'silent':
      return { title: 'Newer orders may be missing here.', why: 'The server has stopped confirming this board; this screen keeps asking by itself.' };
    case 'database-away':
      return { title: 'Newer orders may be missing here.', why: 'The server cannot reach its database. Nothing is lost: orders wait, and come when it is back.' };
    case 'kafka-away':
      return { title: 'Newer orders may be missing here.', why: 'The server cannot reach the order stream (Kafka). Nothing is lost: orders wait there, and come when it is back.' };
    case 'behind': {
      const messages = `${cause.messages} ${cause.messages === 1 ? 'message' : 'messages'}`;
      return { title: 'Newer orders may be missing here.', why: `The kitchen’s server is ${formatSpan(cause.seconds * 1000)} behind (${messages})${backIn === null ? ', and not catching up yet' : `, about ${formatSpan(backIn * 1000)} to catch up`}.` };
    }
    case 'order-api-down':
      return { title: 'New and changed orders may be missing here.', why: 'The order service does not answer; it is tried again and again. Nothing is lost: orders wait, and come when it is back.' };
    case 'outdated':
      return { title: 'This screen is older than its server.', why: 'It reloads by itself once nobody has tapped for ten seconds.' };
    case 'revoked':
    case 'not-paired':
      return { title: 'This screen is no longer paired.', why: 'Nothing is shown.' };
  }
}
