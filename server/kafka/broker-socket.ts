// The one door to the brokers: every connection is opened here, in plain TCP or in TLS as the client's `ssl` asks. A
// connection that fails says why in words for an operator (broker-words.ts).
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import type { ISocketFactory, KafkaConfig } from 'kafkajs';
import { dayOf } from '../config/kafka-tls.ts';
import { BrokerPatience } from './broker-patience.ts';
import { wordsOfEnd, wordsOfFailure, type Approach } from './broker-words.ts';
import { passWholeAnswers } from './whole-answers.ts';

/** KafkaJS's own value, in ms. */
const KEEP_ALIVE_DELAY_MS = 60_000;
/** How long a port may take to answer in TLS, in ms. */
const TLS_PROBE_MS = 1500;

interface Door {
  host: string;
  port: number;
  /** KafkaJS hands on its own setting, contrary to its types: null without one, true for TLS with Node's defaults. */
  ssl: KafkaConfig['ssl'] | null;
  onConnect: () => void;
}

export const brokerSockets =
  (approach: Approach): ISocketFactory =>
  (door: Door) => {
    const peer = `${door.host}:${door.port}`;
    let connected = false;
    const onConnect = () => {
      connected = true;
      patience.connected();
      door.onConnect();
    };
    const socket = open({ ...door, onConnect });
    const patience = new BrokerPatience(socket, peer);
    let answers = 0;
    socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS);
    const expiry = watchExpiry(socket);
    const certified = typeof door.ssl === 'object' && door.ssl?.cert !== undefined;
    socket.on('error', (error) => {
      error.message = wordsOfFailure(error, peer, { ...approach, certified }, expiry());
    });
    return explainEnd(
      passWholeAnswers(socket, peer, (whole) => {
        answers += whole;
        patience.came(whole);
      }),
      async () => {
        const asksForTls = answers === 0 && !door.ssl && (await speaksTls(door));
        return wordsOfEnd(peer, approach, { answers, connected, speaksTls: asksForTls });
      },
    );
  };

/** `onConnect` is called once the connection can be used: in TLS after the broker's certificate is accepted. */
function open({ host, port, ssl, onConnect }: Door): Socket {
  if (!ssl) return connect({ host, port }, onConnect);
  const options = ssl === true ? {} : ssl;
  // An address is no server name: TLS refuses it as one.
  return connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }), ...options }, onConnect);
}

/** Tells the day on which the broker's certificate expired; undefined where there is none, or its time is not over. */
function watchExpiry(socket: Socket): () => string | undefined {
  let until: string | undefined;
  if (socket instanceof TLSSocket)
    // Before Node checks the certificate: later it is gone.
    socket.prependListener('secure', () => {
      until = (socket.getPeerCertificate() as { valid_to?: string } | null)?.valid_to;
    });
  return () => (until !== undefined && Date.parse(until) < Date.now() ? dayOf(until) : undefined);
}

/** A broker that ends a connection gives no reason. KafkaJS would say that it is closed, and not by whom. */
function explainEnd(socket: Socket, explain: () => Promise<string | undefined>): Socket {
  const emit = socket.emit.bind(socket) as (event: string | symbol, ...values: unknown[]) => boolean;
  socket.emit = (event: string | symbol, ...values: unknown[]): boolean => {
    // It is an answer to our own end.
    if (event !== 'end' || socket.writableEnded || socket.destroyed) return emit(event, ...values);
    void explain().then((words) => {
      if (words === undefined) emit(event, ...values);
      else socket.destroy(new Error(words));
    });
    return true;
  };
  return socket;
}

async function speaksTls({ host, port }: Door): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connectTls({ host, port, rejectUnauthorized: false, timeout: TLS_PROBE_MS }, () => end(true));
    const end = (answer: boolean) => {
      resolve(answer);
      probe.destroy();
    };
    probe.on('timeout', () => end(false));
    // An alert, such as for a certificate that it asks for, is TLS as well.
    probe.on('error', (error) => end(/alert/i.test(error.message)));
    probe.on('close', () => resolve(false));
  });
}
