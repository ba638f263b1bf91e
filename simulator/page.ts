// The simulator's page: live figures, actions and dials. The HTML is made on the server; a small script updates the
// figures.
import { errorKinds, type Dials } from './dials.ts';
import { script, style } from './page-assets.ts';
import type { Restaurant } from './restaurants/index.ts';

const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const slider = (dial: string, label: string, max: number, step: number, unit: string) => `
    <label class="dial">
      <span>${label}</span>
      <output></output>
      <input type="range" data-dial="${dial}" data-unit="${unit}" min="0" max="${max}" step="${step}">
    </label>`;
const share = (dial: string, label: string) => slider(dial, label, 1, 0.01, '%');
const toggle = (dial: string, label: string) => `
    <label class="dial toggle">
      <span>${label}</span>
      <input type="checkbox" role="switch" data-dial="${dial}">
    </label>`;
const optionOf = ([value, name]: readonly [string, string]) => `
        <option value="${escaped(value)}">${escaped(name)}</option>`;
const choice = (dial: string, label: string, options: readonly (readonly [string, string])[]) => `
    <label class="dial">
      <span>${label}</span>
      <select data-dial="${dial}">${options.map(optionOf).join('')}
      </select>
    </label>`;
const action = (name: string, label: string) => `
      <button data-action="${name}">${label}</button>`;

const errorNames: Record<(typeof errorKinds)[number], string> = {
  500: '500',
  503: '503 with Retry-After',
  429: '429 with Retry-After',
  404: '404',
  reset: 'Connection reset',
  cut: 'Body cut short',
  timeout: 'No answer',
};

const hotOptions = (restaurants: readonly Restaurant[]) => [
  ['', 'none'] as const,
  ...restaurants.map(({ id, name }) => [id, name] as const),
];
const outages = [
  ['', 'none'],
  ['503', 'answers 503'],
  ['refuse', 'drops connections'],
] as const;

export function page(dials: Dials, restaurants: Restaurant[]): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width,initial-scale=1">
  <title>Ordering platform · simulator</title>
  <link rel="icon" href="data:,">
  <style>${style}</style>
</head>
<body>
<header>
  <h1>Ordering platform</h1>
  <p>A stand-in for the system upstream. Turn what you like and watch the kitchen bear it.</p>
  <p id="kafka" role="status" hidden></p>
</header>
<main>
  <section class="wide">
    <h2>Now</h2>
    <dl id="figures"></dl>
    <dl id="answers" class="small" aria-label="Answers by kind"></dl>
    <div class="row">${action('reset-figures', 'Count anew')}
    </div>
  </section>
  <section>
    <h2>Make something happen</h2>
    <div class="row">${[
      action('new-order', 'New order'),
      action('add-dish', 'Add a dish'),
      action('void-line', 'Void a line'),
      action('vanish-line', 'Vanish a line'),
      action('move-table', 'Move a table'),
      action('rush', 'Rush an order'),
      action('cancel', 'Cancel an order'),
    ].join('')}
    </div>
    <form data-form="replay" class="row">
      <label>Replay the last <input name="count" type="number" value="200" min="1" max="20000"> messages</label>
      <button>Replay</button>
    </form>
    <form data-form="job" class="row">
      <label>Batch job of <input name="messages" type="number" value="20000" min="1" max="400000"> messages</label>
      <label>of
        <select name="of">
          <option value="archived">old orders</option>
          <option value="touched">known orders, touched</option>
          <option value="known">known orders, as they are</option>
        </select>
      </label>
      <button>Start</button>
    </form>
    <progress id="job" max="1" value="0" aria-label="Batch job" hidden></progress>
    <p id="said" role="status"></p>
  </section>
  <section>
    <h2>Restaurants</h2>${[
      slider('ordersPerMinute', 'Orders per minute', 120, 1, ''),
      choice('hot.restaurantId', 'Hot restaurant', hotOptions(restaurants)),
      share('hot.share', 'Its share of the orders'),
      toggle('crew', 'Imaginary crew'),
    ].join('')}
  </section>
  <section>
    <h2>Order API</h2>${[
      slider('latencyMs.min', 'Latency, at least', 5000, 5, 'ms'),
      slider('latencyMs.max', 'Latency, at most', 5000, 5, 'ms'),
      slider('replicaLagMs', 'Replica lag', 10_000, 100, 'ms'),
      share('emptyRate', 'Answers without dishes'),
      toggle('multiGet', 'Multi-get'),
      choice('outage', 'Outage', outages),
    ].join('')}
  </section>
  <section>
    <h2>Wrong answers</h2>${errorKinds.map((kind) => share(`errors.${kind}`, errorNames[kind])).join('')}
  </section>
  <section>
    <h2>Messages</h2>${[
      share('duplicateRate', 'Sent twice'),
      share('versionlessRate', 'Without a version, where allowed'),
    ].join('')}
  </section>
</main>
<script>
const dials = ${JSON.stringify(dials).replaceAll('<', '\\u003c')};
${script}</script>
</body>
</html>`;
}
