// The style and the script of the simulator's page, which are embedded in it.

export const style = `
:root {
  color-scheme: dark;
  --bg: #14161a;
  --card: #1d2026;
  --line: #2e323b;
  --text: #eceef2;
  --dim: #a2a9b6;
  --accent: #f5b454;
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--bg);
  color: var(--text);
  font: 16px/1.45 system-ui, sans-serif;
}
header, main {
  max-width: 1180px;
  margin: 0 auto;
  padding: 1rem;
}
h1 { margin: .5rem 0 0; font-size: 1.6rem; }
header p { margin: .25rem 0 0; color: var(--dim); }
#kafka { color: #ff9d8a; font-weight: 600; }
h2 {
  margin: 0 0 .75rem;
  font-size: 1.05rem;
  color: var(--accent);
}
main {
  display: grid;
  gap: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr));
  align-items: start;
}
section {
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 14px;
  padding: 1rem;
}
.wide { grid-column: 1 / -1; }
dl {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(128px, 1fr));
  gap: .5rem;
  margin: 0 0 .75rem;
}
dl div {
  background: var(--bg);
  border-radius: 10px;
  padding: .5rem .75rem;
}
dt { color: var(--dim); font-size: .8rem; }
dd {
  margin: 0;
  font-size: 1.35rem;
  font-variant-numeric: tabular-nums;
}
.small dd { font-size: 1rem; }
.row {
  display: flex;
  flex-wrap: wrap;
  gap: .5rem;
  align-items: center;
  margin: 0 0 .75rem;
}
button, select, input[type=number] {
  font: inherit;
  color: var(--text);
  background: #2a2e37;
  border: 1px solid var(--line);
  border-radius: 10px;
  min-height: 44px;
  padding: 0 .9rem;
}
button { cursor: pointer; }
button:hover { background: #363b46; }
button:active { background: var(--accent); color: #14161a; }
input[type=number] { width: 7.5rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.dial {
  display: grid;
  grid-template-columns: 1fr auto;
  gap: .1rem .75rem;
  align-items: center;
  min-height: 44px;
  padding: .3rem 0;
}
.dial input[type=range] {
  grid-column: 1 / -1;
  width: 100%;
  height: 28px;
  accent-color: var(--accent);
}
.dial output { color: var(--dim); font-variant-numeric: tabular-nums; }
.dial input[type=checkbox] {
  width: 24px;
  height: 24px;
  accent-color: var(--accent);
}
progress { width: 100%; accent-color: var(--accent); }
#said {
  color: var(--dim);
  min-height: 1.5em;
  margin: 0;
}
`;

export const script = `
const $ = (selector) => document.querySelector(selector);
const inputs = [...document.querySelectorAll('[data-dial]')];
const call = async (method, path, body) => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
};
const say = (text) => { $('#said').textContent = text; };
const sayError = (error) => say(error.message);
const act = (action, body) => call('POST', 'actions/' + action, body).then(({ said }) => say(said), sayError);
const valueOf = (dials, path) => path.split('.').reduce((value, key) => value?.[key], dials);

function show(now) {
  for (const input of inputs) {
    const value = valueOf(now, input.dataset.dial);
    if (input !== document.activeElement || input.type !== 'range') {
      if (input.type === 'checkbox') input.checked = value;
      else input.value = value ?? (input.type === 'range' ? 0.5 : '');
    }
    label(input);
  }
}
function label(input) {
  const output = input.parentElement.querySelector('output');
  const { unit } = input.dataset;
  if (!output) return;
  if (unit === '%') output.textContent = Math.round(input.value * 100) + ' %';
  else output.textContent = Number(input.value).toLocaleString() + ' ' + unit;
}
function patchFor(input) {
  const path = input.dataset.dial;
  if (path.startsWith('hot.')) {
    const restaurantId = $('[data-dial="hot.restaurantId"]').value;
    return { hot: restaurantId ? { restaurantId, share: Number($('[data-dial="hot.share"]').value) } : null };
  }
  const value = { checkbox: input.checked, range: Number(input.value) }[input.type] ?? (input.value || null);
  const [group, key] = path.split('.');
  return key ? { [group]: { [key]: value } } : { [group]: value };
}
for (const input of inputs) {
  input.addEventListener('input', () => label(input));
  input.addEventListener('change', () => call('PUT', 'dials', patchFor(input)).then(show, sayError));
}
for (const button of document.querySelectorAll('[data-action]')) {
  button.addEventListener('click', () => act(button.dataset.action, {}));
}
for (const form of document.querySelectorAll('[data-form]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = (value) => (/^\\d+$/.test(value) ? Number(value) : value);
    act(form.dataset.form, Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, typed(value)])));
  });
}

const element = (name, textContent) => Object.assign(document.createElement(name), { textContent });
const list = (target, entries) => target.replaceChildren(...entries.map(([name, value]) => {
  const div = document.createElement('div');
  div.append(element('dt', name), element('dd', typeof value === 'number' ? value.toLocaleString() : value));
  return div;
}));
async function follow() {
  try {
    const [f, now] = await Promise.all([call('GET', 'figures'), call('GET', 'dials')]);
    list($('#figures'), [
      ['Orders open', f.ordersOpen],
      ['Messages sent', f.messagesSent],
      ['Messages waiting', f.messagesQueued],
      ['Requests / s', Math.round(f.requestsPerSecond * 10) / 10],
      ['In flight', f.inFlight],
      ['In flight, most', f.maxInFlight],
      ['Crew at work', f.crew],
    ]);
    list($('#answers'), Object.entries(f.answers));
    $('#kafka').hidden = !f.kafka;
    $('#kafka').textContent = f.kafka ?? '';
    $('#job').hidden = !f.job || f.job.done === f.job.total;
    if (f.job) $('#job').value = f.job.done / f.job.total;
    show(now);
  } catch {
    $('#kafka').hidden = false;
    $('#kafka').textContent = 'The simulator does not answer.';
  }
  setTimeout(follow, document.hidden ? 5000 : 1000);
}
show(dials);
follow();
`;
