// The reason why a broker and Heard do not come together, in one line for an operator: the broker as host:port, the
// cause, and the variable to set. Errors of sockets and of TLS name none of these.
import type { SaslSettings } from '../config/kafka-sasl.ts';
import { messageOf } from '../errors.ts';

/** How a broker is spoken to. */
export interface Approach {
  tls: boolean;
  mechanism?: SaslSettings['mechanism'] | undefined;
}

const protocolOf = ({ tls, mechanism }: Approach): string =>
  tls ? (mechanism ? 'SASL_SSL' : 'SSL') : mechanism ? 'SASL_PLAINTEXT' : 'PLAINTEXT';
const wordsOfNoTls = (peer: string, approach: Approach) =>
  `${peer} does not speak TLS: set KAFKA_SECURITY_PROTOCOL to ${saysPlain(approach)}, ` +
  'or KAFKA_BROKERS to its port for TLS';
const saysPlain = (approach: Approach) => protocolOf({ ...approach, tls: false });

const OF_SOCKETS: Partial<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections: is it up, and is its port right in KAFKA_BROKERS?',
  ENOTFOUND: 'cannot be found: no name server knows the host (KAFKA_BROKERS, or the address that a broker announces)',
  EAI_AGAIN: 'cannot be found: no name server answers',
  EHOSTUNREACH: 'cannot be reached: there is no way to its network',
  ENETUNREACH: 'cannot be reached: there is no way to its network',
  ETIMEDOUT: 'does not answer: is a firewall in between?',
};

/** Of a broker's certificate, by the code of OpenSSL. */
const UNKNOWN_AUTHORITY =
  'shows a certificate of an authority that is not known here: ' +
  'set KAFKA_CA or KAFKA_CA_PATH to the certificate of that authority';
const OF_CERTIFICATES: Partial<Record<string, string>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  CERT_SIGNATURE_FAILURE: UNKNOWN_AUTHORITY,
  CERT_NOT_YET_VALID:
    'shows a certificate that is not valid yet: renew it at the broker, or set the clock of this machine',
};

/** Of alerts that a broker answers our own certificate with, by words of OpenSSL. */
const OF_ALERTS: [RegExp, string][] = [
  [/certificate expired/i, 'refuses our certificate, which has expired: renew KAFKA_CERTIFICATE'],
  [
    /unknown ca|certificate unknown|bad certificate|unsupported certificate|certificate revoked/i,
    'refuses our certificate',
  ],
  [/certificate required|handshake failure/i, 'asks for a certificate of ours'],
];

/** @param expired the day on which the broker's certificate expired, where that is known */
export function wordsOfFailure(
  error: Error & { code?: string },
  peer: string,
  approach: Approach & { certified: boolean },
  expired: string | undefined,
): string {
  const { code = '', message } = error;
  if (message.startsWith(peer)) return message;
  if (code === 'CERT_HAS_EXPIRED')
    return `${peer} shows a certificate that expired${expired ? ` on ${expired}` : ''}: renew it at the broker`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `${peer} shows a certificate for other names: set KAFKA_BROKERS to one of them, or renew it at the broker`;
  const known = OF_CERTIFICATES[code];
  if (known) return `${peer} ${known}`;
  const alert = OF_ALERTS.find(
    ([words]) => code.startsWith('ERR_SSL') && words.test(`${code.replaceAll('_', ' ')} ${message}`),
  )?.[1];
  if (alert)
    return approach.certified
      ? `${peer} ${alert}: check KAFKA_CERTIFICATE and KAFKA_PRIVATE_KEY, and which authority the broker trusts`
      : `${peer} asks for a certificate of ours: set KAFKA_CERTIFICATE and KAFKA_PRIVATE_KEY`;
  // Java's brokers take the beginning of TLS for a length that is too long, and end the connection.
  const cutShort = /before secure TLS connection/.test(message) || /WRONG_VERSION|PACKET_LENGTH/.test(code);
  if (approach.tls && cutShort) return wordsOfNoTls(peer, approach);
  const ofSocket = OF_SOCKETS[code];
  return ofSocket ? `${peer} ${ofSocket}` : `${peer}: ${message}`;
}

/**
 * Of a connection that the broker ended after so many answers; undefined where that tells nothing.
 * @param connected whether it could be used: with TLS, whether that was agreed on
 * @param speaksTls whether the port answers in TLS
 */
export function wordsOfEnd(
  peer: string,
  approach: Approach,
  { answers, connected, speaksTls }: { answers: number; connected: boolean; speaksTls: boolean },
): string | undefined {
  if (approach.tls && !connected) return wordsOfNoTls(peer, approach);
  if (!approach.tls && answers === 0 && speaksTls)
    return `${peer} speaks TLS, and is spoken to without: KAFKA_SECURITY_PROTOCOL must be SSL or SASL_SSL`;
  // Its versions are told to everybody, and nothing else.
  if (!approach.mechanism && answers <= 1)
    return (
      `${peer} ends connections at once: it may ask for a sign-in, with KAFKA_SECURITY_PROTOCOL ` +
      `${approach.tls ? 'SASL_SSL' : 'SASL_PLAINTEXT'} and KAFKA_SASL_MECHANISM`
    );
  return undefined;
}

const isToken = ({ mechanism }: Approach) => mechanism === 'OAUTHBEARER' || mechanism === 'AWS_MSK_IAM';
const wordsOfToken = (peer: string, { mechanism }: Approach) =>
  mechanism === 'OAUTHBEARER'
    ? `${peer} refuses the token: check KAFKA_SASL_TOKEN_..., and the broker's rules for it`
    : `${peer} refuses AWS's credentials: check the role of this machine, and KAFKA_AWS_REGION`;

/** Of a sign-in. */
export function wordsOfRefusal(error: Error & { type?: string }, peer: string, approach: Approach): string {
  const { mechanism } = approach;
  const { message } = error;
  // Where a token comes from is told by its own line.
  if (message.startsWith('KAFKA_') || message.startsWith(peer)) return message;
  if (error.type === 'ILLEGAL_SASL_STATE')
    return (
      `${peer} asks for no sign-in: set KAFKA_SECURITY_PROTOCOL to ${approach.tls ? 'SSL' : 'PLAINTEXT'}, ` +
      'and none of KAFKA_SASL_...'
    );
  const shown = mechanism === 'AWS_MSK_IAM' ? 'OAUTHBEARER, of AWS_MSK_IAM' : mechanism;
  if (error.type === 'UNSUPPORTED_SASL_MECHANISM' || /mechanism is not supported/.test(message))
    return `${peer} does not offer ${shown}: set KAFKA_SASL_MECHANISM to one that it offers`;
  // KafkaJS says "authentication failed" of a connection that ended meanwhile as well, as when a broker starts anew.
  const ended = /Connection error|Closed connection/.test(message);
  if (ended || !/authentication/i.test(`${error.name} ${error.type} ${message}`)) return `${peer}: ${message}`;
  if (isToken(approach)) return wordsOfToken(peer, approach);
  return `${peer} refuses the sign-in by ${shown}: check KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD`;
}

/** One line, without the words that KafkaJS puts before each. */
export const reasonOf = (error: unknown): string =>
  messageOf(error).replace(/^(Connection error|Failed to connect): /, '');
