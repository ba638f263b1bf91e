// The service worker. It opens a screen's page while the server cannot be reached. The network always comes first: a
// stored page is shown only where the server does not answer, or answers with a fault of its own, so no old version of
// the app lives on. It stores the screens' pages, each under its own address, with their scripts, styles and fonts. It
// stores no other page and no answer of an API.
//
//   request for a page --> network: a page           --> shown; stored once all its files are
//                          network: a redirect, 4xx  --> of our server: passed on; the stored page is deleted, since this
//                                                        browser may not see it. Of a proxy or a captive portal: as below
//                          network: 5xx, none in 4 s --> the stored page; else the server's answer; else a notice
const PAGES = 'heard-pages-1';
const FILES = 'heard-files-1';
const SCREENS = /^\/(?:kitchen\/[^/]+|expo|floor|manager)$/;
const BUILT = '/_next/static/';
const PATIENCE_MS = 4000;
/** A page that was just opened loads its own files first. */
const LATER_MS = 1500;

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith('heard-') && name !== PAGES && name !== FILES) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && SCREENS.test(url.pathname))
    event.respondWith(openPage(event, url.pathname + url.search));
  // The name of a file changes with its content, so a stored file is never old.
  else if (url.pathname.startsWith(BUILT)) event.respondWith(openFile(request));
});

self.addEventListener('message', (event) => {
  const { type, page } = event.data ?? {};
  if (typeof page !== 'string') return;
  if (type === 'keep') event.waitUntil(storeOpenPage(page));
  if (type === 'forget') event.waitUntil(forget(page));
});

async function openPage(event, page) {
  const fresh = fetch(event.request).then(async (response) => ({
    response,
    refused: !isPage(response) && response.status < 500 && response.status !== 429 && (await isServerThere()),
  }));
  const used = fresh.then(async ({ response, refused }) => {
    if (isPage(response)) return store(page, response.clone(), LATER_MS);
    return refused ? forget(page) : undefined;
  });
  event.waitUntil(used.catch(() => {}));
  const late = new Promise((resolve) => {
    setTimeout(() => resolve(null), PATIENCE_MS);
  });
  const answer = await Promise.race([fresh, late]).catch(() => null);
  if (answer && (answer.refused || isPage(answer.response))) return answer.response;
  const stored = await (await caches.open(PAGES)).match(page, { ignoreVary: true });
  return stored ?? answer?.response ?? fresh.then(({ response }) => response).catch(() => serverAway());
}

/** Whether our own server answers, and not a proxy in its place or the portal of a guest network. */
async function isServerThere() {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch('/livez', { cache: 'no-store', redirect: 'manual', signal }).catch(() => null);
  return answer?.status === 200 && (await answer.text()) === 'alive\n';
}

async function openFile(request) {
  const stored = await caches.match(request.url, { cacheName: FILES, ignoreVary: true });
  return stored ?? fetch(request);
}

/** For a page that was opened before this worker was installed. */
async function storeOpenPage(page) {
  const url = new URL(page, self.location.origin);
  if (url.origin !== self.location.origin || !SCREENS.test(url.pathname)) return;
  if (await (await caches.open(PAGES)).match(page, { ignoreVary: true })) return;
  const response = await fetch(page, { credentials: 'same-origin', redirect: 'manual' });
  if (isPage(response)) await store(page, response, 0);
}

const isPage = (response) =>
  response.status === 200 && !response.redirected && (response.headers.get('content-type') ?? '').includes('text/html');

/** Stores the page after its files, so that a stored page can always be opened. */
async function store(page, response, later) {
  const before = timesForgotten(page);
  const text = await response.clone().text();
  await new Promise((resolve) => {
    setTimeout(resolve, later);
  });
  const files = await caches.open(FILES);
  await fetchAll(files, namesIn(text));
  const pages = await caches.open(PAGES);
  if (timesForgotten(page) !== before) return;
  await pages.put(page, response);
  await sweep(pages, files);
}

/** How often each page was forgotten. A page that is being stored meanwhile must not come back. */
const forgotten = new Map();
const timesForgotten = (page) => forgotten.get(page) ?? 0;

async function forget(page) {
  forgotten.set(page, timesForgotten(page) + 1);
  await (await caches.open(PAGES)).delete(page);
}

/** Stores these files, and all files that they name in turn. */
async function fetchAll(files, names) {
  const seen = new Set();
  let next = [...names];
  while (next.length) {
    const found = await Promise.all(
      next.map(async (name) => {
        seen.add(name);
        let file = await files.match(name, { ignoreVary: true });
        if (!file) {
          file = await fetch(name);
          if (!file.ok) throw new Error(`${name}: ${file.status}`);
          await files.put(name, file.clone());
        }
        return namesInFile(name, file);
      }),
    );
    next = [...new Set(found.flat())].filter((name) => !seen.has(name));
  }
  return seen;
}

/** Deletes the files that no stored page needs. */
async function sweep(pages, files) {
  const needed = new Set();
  for (const request of await pages.keys()) {
    const page = await pages.match(request, { ignoreVary: true });
    for (const name of await fetchAll(files, namesIn(await page.text()))) needed.add(name);
  }
  for (const request of await files.keys()) if (!needed.has(new URL(request.url).pathname)) await files.delete(request);
}

function namesIn(text) {
  return new Set([...text.matchAll(/\/_next\/static\/[\w./~@%-]+\.(?:js|css|woff2?)/g)].map(([name]) => name));
}

/** Scripts name the scripts that they load later, below `static/`. Styles name fonts, relative to themselves. */
async function namesInFile(name, file) {
  if (!/\.(?:js|css)$/.test(name)) return [];
  const text = await file.text();
  if (name.endsWith('.js'))
    return [...text.matchAll(/["'](?:\/_next\/)?(static\/chunks\/[\w./~@%-]+\.(?:js|css))["']/g)].map(
      ([, found]) => `/_next/${found}`,
    );
  return [...text.matchAll(/url\(["']?([^"')]+\.woff2?)["']?\)/g)]
    .map(([, found]) => new URL(found, new URL(name, self.location.origin)).pathname)
    .filter((found) => found.startsWith(BUILT));
}

/** For an address without a stored page. This page loads itself again. */
function serverAway() {
  const html =
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><meta name="viewport" content="width=device-width"><title>Heard</title>' +
    '<body style="background:#0d1117;color:#f4f7fa;font:20px system-ui;padding:2rem"><h1>The server cannot be reached</h1>' +
    '<p>This device has kept nothing of this page. It tries again every five seconds.</p><p lang="zh-Hans">无法连接服务器。此设备没有保存此页面，每五秒自动重试。</p>';
  return new Response(html, {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}
