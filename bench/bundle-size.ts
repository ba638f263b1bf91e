// The JavaScript of the kitchen's page as a browser with an empty cache loads it: bytes on the wire, and each script
// gzipped here. Goal: below 200 KB gzipped.
import { gzipSync } from 'node:zlib';
import { pairedPage, startBrowser } from './support/browser.ts';
import { machine, startServer, withBench } from './support/set-up.ts';
import { printTable } from './support/statistics.ts';

const KB = 1024;

await withBench('bundle-size', async (bench) => {
  await bench.kafka.createTopic('prod_order_events', 1);
  // The order API is not called here.
  const server = await startServer(bench, { APP_ENV: 'prod', ORDER_API_URL: 'http://127.0.0.1:9' });
  await server.operator.setUp({
    id: 'r-1',
    name: 'r-1',
    timeZone: 'UTC',
    stations: [{ name: 'Kitchen', fallback: true, categories: [] }],
  });
  const { page, path } = await pairedPage(await startBrowser(bench), server, {
    restaurantId: 'r-1',
    station: 'Kitchen',
  });
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  const loaded = new Map<string, { url: string; type: string; wire: number }>();
  network.on('Network.responseReceived', ({ requestId, response, type }) =>
    loaded.set(requestId, { url: response.url, type, wire: 0 }),
  );
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = loaded.get(requestId);
    if (one) one.wire = encodedDataLength;
  });
  await page.goto(path);
  await page.waitForSelector('[data-connection="live"]');
  await page.waitForLoadState('networkidle').catch(() => {});

  const rows: { name: string; wire: number; gzipped: number; raw: number }[] = [];
  for (const [requestId, { url, type, wire }] of loaded) {
    if (type !== 'Script') continue;
    const { body, base64Encoded } = await network.send('Network.getResponseBody', { requestId });
    const bytes = Buffer.from(body, base64Encoded ? 'base64' : 'utf8');
    rows.push({
      name: new URL(url).pathname.split('/').at(-1) ?? url,
      wire,
      gzipped: gzipSync(bytes).length,
      raw: bytes.length,
    });
  }
  rows.sort((a, b) => b.gzipped - a.gzipped);
  const total = {
    name: 'all scripts',
    wire: sum(rows.map(({ wire }) => wire)),
    gzipped: sum(rows.map(({ gzipped }) => gzipped)),
    raw: sum(rows.map(({ raw }) => raw)),
  };
  console.log(`bundle-size: ${machine()}`);
  printTable(
    ['KB', 'on the wire', 'gzipped', 'raw'],
    [...rows, total].map(({ name, wire, gzipped, raw }) => [name, wire / KB, gzipped / KB, raw / KB]),
  );
  const others = [...loaded.values()].filter(({ type }) => type !== 'Script');
  const ofType = (type: string) => sum(others.filter((one) => one.type === type).map(({ wire }) => wire));
  const types = [...new Set(others.map(({ type }) => type))];
  console.log(`besides, on the wire: ${types.map((type) => `${type} ${Math.round(ofType(type) / KB)} KB`).join(', ')}`);
  const [gzipped, wire] = [total.gzipped, total.wire].map((bytes) => (bytes / KB).toFixed(1));
  console.log(`JavaScript of the kitchen's page: ${gzipped} KB gzipped, ${wire} KB on the wire (goal 200)`);
});

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
