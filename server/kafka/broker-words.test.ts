// A broker that refuses a sign-in, and one that is only away in the middle of it.
import { expect, test } from 'vitest';
import { wordsOfRefusal } from './broker-words.ts';

const approach = { tls: true, mechanism: 'SCRAM-SHA-512' as const };
const failed = (words: string) => Object.assign(new Error(words), { name: 'KafkaJSSASLAuthenticationError' });

test('a refused sign-in names the variables', () => {
  const words = wordsOfRefusal(
    failed('SASL SCRAM SHA512 authentication failed: no such user'),
    'kafka-1:9093',
    approach,
  );
  expect(words).toBe(
    'kafka-1:9093 refuses the sign-in by SCRAM-SHA-512: check KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD',
  );
});

test.each(['Connection error: read ECONNRESET', 'Closed connection'])('%s during it blames no password', (cause) => {
  const words = wordsOfRefusal(failed(`SASL SCRAM SHA512 authentication failed: ${cause}`), 'kafka-1:9093', approach);
  expect(words).toBe(`kafka-1:9093: SASL SCRAM SHA512 authentication failed: ${cause}`);
});
