// Transactions of producers in the answers to fetches. Messages of aborted ones are taken out, and so are the control
// records that end a transaction. What is taken out is handed on as places without a message, so that the committed
// offset passes them: else they would look like messages that wait, until the next message comes.
//
// KafkaJS 2.2.4 takes them out by itself, with two faults. It expects aborted transactions by their first offsets, and
// brokers tell them by their last: of two at once one is handed on as if it were committed. And of an answer with
// nothing else it says nothing.

import type { Kafka } from 'kafkajs';
import { onEachPool } from './clusters.ts';

export interface FetchedMessage {
  offset: string;
  key: Buffer | null;
  isControlRecord: boolean;
  batchContext?: { producerId: string; inTransaction: boolean };
}
export interface FetchedPartition {
  abortedTransactions?: { producerId: string; firstOffset: string }[] | null;
  messages?: FetchedMessage[];
}

/** Of records that are no messages: the last one before a message, or before the end of the answer. */
const PASSED = Symbol('passed');

/** Whether it is only a place: a control record, or one of an aborted transaction. */
export const isPassed = (message: object): boolean => PASSED in message;

/** The key of a control record that aborts: version 0, type 0. */
const ABORT = Buffer.alloc(4);

const FETCH = 1;

/** From now on the batches of this client's consumers hold committed messages, and places. */
export function passTransactionsOf(kafka: Kafka): void {
  onEachPool(kafka, (pool) => {
    const send = pool.send.bind(pool);
    pool.send = (protocol) => {
      if (protocol.request.apiKey !== FETCH) return send(protocol);
      const { response } = protocol;
      const decode = async (answer: Buffer): Promise<unknown> => {
        const fetched = (await response.decode(answer)) as { responses: { partitions: FetchedPartition[] }[] };
        for (const { partitions } of fetched.responses) for (const one of partitions) passTransactions(one);
        return fetched;
      };
      return send({ ...protocol, response: { ...response, decode } });
    };
  });
}

/** Changes the partition of an answer. */
export function passTransactions(partition: FetchedPartition): void {
  const { messages = [], abortedTransactions } = partition;
  if (!abortedTransactions?.length && !messages.some(({ isControlRecord }) => isControlRecord)) return;
  const aborted = (abortedTransactions ?? [])
    .map(({ producerId, firstOffset }) => ({ producerId, from: Number(firstOffset) }))
    .sort((a, b) => a.from - b.from);
  /** Producers whose transaction at this place is aborted. */
  const aborting = new Set<string>();
  const kept: FetchedMessage[] = [];
  let passed: FetchedMessage | undefined;
  const keepPassed = () => {
    // Nothing else of it is kept: an aborted message may be large.
    if (passed) kept.push({ ...passed, ...PLACE });
    passed = undefined;
  };
  for (const message of messages) {
    const { producerId = '', inTransaction = false } = message.batchContext ?? {};
    while (aborted.length && aborted[0]!.from <= Number(message.offset)) aborting.add(aborted.shift()!.producerId);
    if (message.isControlRecord && message.key?.equals(ABORT)) aborting.delete(producerId);
    if (message.isControlRecord || (inTransaction && aborting.has(producerId))) {
      passed = message;
      continue;
    }
    keepPassed();
    kept.push(message);
  }
  keepPassed();
  partition.messages = kept;
  partition.abortedTransactions = [];
}

const PLACE = { key: null, value: null, headers: {}, isControlRecord: false, [PASSED]: true };
