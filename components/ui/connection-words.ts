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

export function bannerWords(cause: Cause): BannerWords {
  switch (cause.kind) {
    case 'device-offline':
      return { title: 'New orders are not arriving.', why: 'This screen has no network. Taps are kept and sent when it is back; it keeps trying by itself.' };
    case 'server-away':
      return { title: 'New orders are not arriving.', why: 'The server cannot be reached. Taps are kept and sent when it is back; this screen keeps trying by itself.' };
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
      return { title: 'Newer orders may be missing here.', why: `The kitchen’s server is ${formatSpan(cause.seconds * 1000)} behind (${messages}) and is catching up.` };
    }
    case 'order-api-down':
      return { title: 'New and changed orders may be missing here.', why: 'The order service does not answer. Nothing is lost: orders wait, and come when it is back.' };
    case 'outdated':
      return { title: 'This screen is older than its server.', why: 'It reloads by itself once nobody has tapped for ten seconds.' };
    case 'revoked':
    case 'not-paired':
      return { title: 'This screen is no longer paired.', why: 'Nothing is shown.' };
  }
}
