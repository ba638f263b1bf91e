// Hands on only whole answers of a broker. KafkaJS 2.2.4 keeps the beginning of an answer over a reconnect
// (network/connection.js sets `chunks` and `bytesNeeded` in its constructor alone). After a connection was cut in the
// middle of an answer, it takes the next answers for the rest of that one, understands none of them, and waits without
// a word. Whole answers leave no rest.
import type { Socket } from 'node:net';

const LENGTH_BYTES = 4;

/** @returns the same socket, whose `data` events now carry one whole answer each */
export function passWholeAnswers(socket: Socket): Socket {
  const answers = new Answers();
  const emit = socket.emit.bind(socket) as (event: string | symbol, ...values: unknown[]) => boolean;
  socket.emit = (event: string | symbol, ...values: unknown[]): boolean => {
    if (event !== 'data') return emit(event, ...values);
    for (const answer of answers.add(values[0] as Buffer)) emit('data', answer);
    return true;
  };
  return socket;
}

/** Each answer begins with its length. */
export class Answers {
  #chunks: Buffer[] = [];
  #bytes = 0;
  #needed = LENGTH_BYTES;

  /** @returns the answers, lengths included, that are whole now */
  add(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    const whole: Buffer[] = [];
    while (this.#bytes >= this.#needed) {
      const all = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
      const length = LENGTH_BYTES + all.readInt32BE(0);
      if (all.length < length) {
        this.#keep(all, length);
        break;
      }
      whole.push(all.subarray(0, length));
      this.#keep(all.subarray(length), LENGTH_BYTES);
    }
    return whole;
  }

  #keep(rest: Buffer, needed: number): void {
    [this.#chunks, this.#bytes, this.#needed] = [rest.length ? [rest] : [], rest.length, needed];
  }
}
