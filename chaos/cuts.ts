// Cuts connections at the worst moments: in the middle of a transaction, and where one side cannot know whether the
// other one acted.
import type { Chance } from '../simulator/prng.ts';
import type { Tamper } from './proxy.ts';

/** The number of cuts, by place. */
export type Cuts = Record<string, number>;
const count = (cuts: Cuts, where: string) => {
  cuts[where] = (cuts[where] ?? 0) + 1;
};

type TransactionCut = 'in the middle' | 'before its commit' | 'before the answer to its commit';
const transactionCuts: TransactionCut[] = ['in the middle', 'before its commit', 'before the answer to its commit'];

/**
 * Resets a share of the connections to PostgreSQL in the middle of a transaction. The proxy must have `noteStatements`
 * observe them from their beginning.
 */
export function cutTransactions(chance: Chance, share: number, cuts: Cuts): Tamper {
  return (from, chunk, memory) => {
    const planned = memory.get('cut') as TransactionCut | undefined;
    if (from === 'server') {
      if (memory.get('committing') !== true || planned !== 'before the answer to its commit') return 'pass';
      count(cuts, planned);
      return 'reset';
    }
    for (const text of memory.get('texts') as string[]) {
      if (text.startsWith('BEGIN')) {
        memory.set('committing', false);
        memory.set('cut', chance.happens(share) ? chance.pick(transactionCuts) : undefined);
        memory.set('statements', 0);
        continue;
      }
      if (!planned) continue;
      if (text.startsWith('COMMIT')) {
        memory.set('committing', true);
        if (planned !== 'before its commit') continue;
        count(cuts, planned);
        return 'reset';
      }
      const statements = (memory.get('statements') as number) + 1;
      memory.set('statements', statements);
      if (planned !== 'in the middle' || statements < 3) continue;
      count(cuts, planned);
      return 'reset';
    }
    return 'pass';
  };
}

const [QUERY, PARSE, BIND] = [0x51, 0x50, 0x42];

/**
 * Notes the statements that a client's bytes run: as a simple query, or by the name under which they were prepared. A
 * message that continues in the next piece is not read: such messages are long, and the statements that begin and end a
 * transaction are short.
 */
export function noteStatements(chunk: Buffer, memory: Map<string, unknown>): void {
  const texts: string[] = [];
  const textAt = (at: number) => {
    const end = chunk.indexOf(0, at);
    return end < 0 ? '' : chunk.toString('utf8', at, end);
  };
  for (let at = 0; at + 5 <= chunk.length && chunk[at];) {
    const body = at + 5;
    if (chunk[at] === QUERY) texts.push(textAt(body));
    else if (chunk[at] === PARSE) {
      const name = textAt(body);
      memory.set(`statement ${name}`, textAt(body + Buffer.byteLength(name) + 1));
    } else if (chunk[at] === BIND) {
      const portal = textAt(body);
      texts.push(String(memory.get(`statement ${textAt(body + Buffer.byteLength(portal) + 1)}`) ?? ''));
    }
    at += 1 + chunk.readInt32BE(at + 1);
  }
  memory.set('texts', texts);
}

const OFFSET_COMMIT = 8;
const FETCH = 1;

/**
 * Resets a share of the connections to Kafka: after an offset commit was sent and before its answer came, or in the
 * middle of an answer to a fetch.
 */
export function cutKafka(chance: Chance, share: number, cuts: Cuts): Tamper {
  return (from, chunk, memory) => {
    if (from === 'client') {
      if (chunk.length < 8) return 'pass';
      const request = chunk.readInt16BE(4);
      memory.set(
        'cut',
        (request === OFFSET_COMMIT || request === FETCH) && chance.happens(share) ? request : undefined,
      );
      return 'pass';
    }
    const planned = memory.get('cut') as number | undefined;
    if (planned === undefined) return 'pass';
    count(cuts, planned === FETCH ? 'in a fetch' : 'before the answer to an offset commit');
    return planned === FETCH ? 'half' : 'reset';
  };
}
