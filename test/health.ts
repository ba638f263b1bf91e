// A pipeline without any trouble, for tests that say only which trouble they mean.
import type { Health } from '../server/protocol/views.ts';

export const healthy: Health = {
  database: 'ok',
  kafka: 'ok',
  lag: { messages: 0, seconds: 0 },
  orderApi: { state: 'ok', inFlight: 0, limit: 10 },
  parkedOrders: 0,
  parkedMessages: 0,
  failedMessages: 0,
  rejectedMessages: 0,
  oldestParkedAt: null,
};
