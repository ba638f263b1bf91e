// Settings over HTTP.
import type { Hono } from 'hono';
import { z } from 'zod';
import { addRoute, OPERATOR, readJson } from '../http/requests.ts';
import { MAX_CONCURRENCY, type Settings } from './settings.ts';

const expected = `must be a whole number from 1 to ${MAX_CONCURRENCY}, or null to go back to ORDER_API_CONCURRENCY`;
const Body = z.strictObject({
  orderApiConcurrency: z.int(expected).min(1, expected).max(MAX_CONCURRENCY, expected).nullable(),
});

export function addSettingRoutes(app: Hono, { settings }: { settings: Settings }): void {
  addRoute(app, '/api/v1/settings', {
    GET: (c) => c.json(settings.values()),
    PUT: async (c) => {
      await settings.put(await readJson(c, Body), OPERATOR);
      return c.json(settings.values());
    },
  });
}
