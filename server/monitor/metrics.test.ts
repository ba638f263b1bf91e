// The text of a scrape.
import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';
import type { PartitionLag } from '../kafka/lag.ts';
import type { PipelineStatus } from './ports.ts';

test('counters add up, and gauges follow the status: a partition that is gone is not shown any more', async () => {
  const metrics = new Metrics({ groupId: 'prod_kds', topic: 'prod_order_events' });
  let partitions: PartitionLag[] = [
    { partition: 0, lag: 0, committed: 5, end: 5 },
    { partition: 1, lag: 7, committed: null, end: 7 },
  ];
  const orderApi = { inFlight: 3, limit: 8, state: 'slow' as const, reason: null };
  const status: PipelineStatus = {
    readiness: () => ({ ready: true }),
    partitions: () => partitions,
    orderApi: () => orderApi,
    missingMessages: () => 5,
    troubles: () => [],
    health: () => ({
      database: 'ok',
      kafka: 'ok',
      lag: null,
      orderApi,
      parkedOrders: 1,
      parkedMessages: 2,
      failedMessages: 3,
      rejectedMessages: 4,
      oldestParkedAt: null,
    }),
  };
  metrics.messageEnded('applied', 3);
  metrics.messageEnded('applied');
  metrics.orderApiRequest('ORDER_API_UNAVAILABLE', 2);
  metrics.applied(20, 0.01);
  metrics.sockets(1);
  metrics.sockets(1);
  metrics.sockets(-1);
  const text = await metrics.render(status);
  for (const line of [
    'kafka_consumergroup_lag{consumergroup="prod_kds",topic="prod_order_events",partition="0"} 0',
    'kafka_consumergroup_lag{consumergroup="prod_kds",topic="prod_order_events",partition="1"} 7',
    'kds_messages_total{fate="applied"} 4',
    'kds_order_api_requests_total{outcome="ORDER_API_UNAVAILABLE"} 1',
    'kds_order_api_in_flight 3',
    'kds_order_api_limit 8',
    'kds_apply_batch_size_sum 20',
    'kds_sockets 1',
    'kds_parked_orders 1',
    'kds_parked_messages 2',
    'kds_failed_messages 3',
    'kds_rejected_messages 4',
    'kds_missing_messages 5',
  ])
    expect(text.split('\n')).toContain(line);
  expect(text).toContain('process_resident_memory_bytes');
  partitions = [{ partition: 0, lag: 1, committed: 5, end: 6 }];
  expect(await metrics.render(status)).not.toContain('partition="1"');
});
