// The one door to the brokers: every connection is opened here, in plain TCP or in TLS as the client's `ssl` asks.
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory, KafkaConfig } from 'kafkajs';
import { BrokerPatience } from './broker-patience.ts';
import { passWholeAnswers } from './whole-answers.ts';

/** KafkaJS's own value, in ms. */
const KEEP_ALIVE_DELAY_MS = 60_000;

interface Door {
  host: string;
  port: number;
  /** KafkaJS hands on its own setting, contrary to its types: null without one, true for TLS with Node's defaults. */
  ssl: KafkaConfig['ssl'] | null;
  onConnect: () => void;
}

export const openBrokerSocket: ISocketFactory = (door: Door) => {
  const peer = `${door.host}:${door.port}`;
  const onConnect = () => {
    patience.connected();
    door.onConnect();
  };
  const socket = open({ ...door, onConnect });
  const patience = new BrokerPatience(socket, peer);
  socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS);
  return passWholeAnswers(socket, peer, (answers) => patience.came(answers));
};

/** `onConnect` is called once the connection can be used: in TLS after the broker's certificate is accepted. */
function open({ host, port, ssl, onConnect }: Door): Socket {
  if (!ssl) return connect({ host, port }, onConnect);
  const options = ssl === true ? {} : ssl;
  // An address is no server name: TLS refuses it as one.
  return connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }), ...options }, onConnect);
}
