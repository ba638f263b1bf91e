// Hands on only whole answers of a broker. KafkaJS 2.2.4 keeps the beginning of an answer over a reconnect
// (network/connection.js sets `chunks` and `bytesNeeded` in its constructor alone). After a connection was cut in the
// middle of an answer, it takes the next answers for the rest of that one, understands none of them, and waits without
// a word. Whole answers leave no rest. It also trusts each length: of one below zero it reads without end. Another
// service at a broker's port sends such lengths, and is told by them.
import type { Socket } from 'node:net';

const LENGTH_BYTES = 4;
/** A correlation id is in every answer. */
const SHORTEST = 4;
/** Far more than a fetch asks for. The letters of other protocols are longer lengths. */
const LONGEST = 128 << 20;
/** The first bytes of another service that are told. */
const TOLD_BYTES = 40;

/**
 * @param peer the broker as `host:port`, for the word that ends the connection
 * @param onAnswer told of each whole answer, and of each part of one
 * @returns the same socket, whose `data` events now carry one whole answer each
 */
export function passWholeAnswers(socket: Socket, peer: string, onAnswer: (answers: number) => void = () => {}): Socket {
  const answers = new Answers();
  const emit = socket.emit.bind(socket) as (event: string | symbol, ...values: unknown[]) => boolean;
  socket.emit = (event: string | symbol, ...values: unknown[]): boolean => {
    if (event !== 'data') return emit(event, ...values);
    if (socket.destroyed) return true;
    let whole: Buffer[];
    try {
      whole = answers.add(values[0] as Buffer);
    } catch (error) {
      socket.destroy(new Error(`${peer} ${(error as Error).message}`));
      return true;
    }
    onAnswer(whole.length);
    for (const answer of whole) emit('data', answer);
    return true;
  };
  return socket;
}

/** Each answer begins with its length. */
export class Answers {
  #chunks: Buffer[] = [];
  #bytes = 0;
  #needed = LENGTH_BYTES;

  /**
   * @returns the answers, lengths included, that are whole now
   * @throws Error when it is no answer of a broker
   */
  add(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    const whole: Buffer[] = [];
    while (this.#bytes >= this.#needed) {
      const all = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
      const length = all.readInt32BE(0);
      if (length < SHORTEST || length > LONGEST) throw new Error(notKafka(all, length));
      if (all.length < LENGTH_BYTES + length) {
        this.#keep(all, LENGTH_BYTES + length);
        break;
      }
      whole.push(all.subarray(0, LENGTH_BYTES + length));
      this.#keep(all.subarray(LENGTH_BYTES + length), LENGTH_BYTES);
    }
    return whole;
  }

  #keep(rest: Buffer, needed: number): void {
    [this.#chunks, this.#bytes, this.#needed] = [rest.length ? [rest] : [], rest.length, needed];
  }
}

function notKafka(bytes: Buffer, length: number): string {
  // A TLS record: an alert or a handshake, of version 3.
  if ((bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 3)
    return 'speaks TLS, and is spoken to without: KAFKA_SECURITY_PROTOCOL must be SSL or SASL_SSL';
  const text = bytes.subarray(0, TOLD_BYTES).toString('latin1').trim();
  return /^[\x20-\x7E\r\n\t]{4,}$/.test(text)
    ? `is not a Kafka broker: it says ${JSON.stringify(text)}`
    : `is not a Kafka broker: it announces an answer of ${length} bytes`;
}
