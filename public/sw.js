// Gives a screen its page while the server cannot be reached. The network always comes first: what is kept here is
// shown only where the server does not answer, or answers that it is out of order, so no version of the app is ever
// held on to. Kept are the screens' pages, each under its own address, with the scripts, styles and fonts that they
// need; nothing else, and no answer of any interface.
//
//   page asked for --> network: a page             --> shown; kept once all its files are
//                      network: sent elsewhere, 4xx --> passed on; the kept page is thrown away, since this browser may not see it now
//                      network: 5xx, none in 4 s    --> the kept page; else what the server says; else that it is away
const PAGES = 'heard-pages-1';
const FILES = 'heard-files-1';
const SCREENS = /^\/(?:kitchen\/[^/]+|expo|floor|manager)$/;
const BUILT = '/_next/static/';
const PATIENCE_MS = 4000;
/** Until a page that was just opened has what it needs itself. */
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
  // Their names change with what is in them.
  else if (url.pathname.startsWith(BUILT)) event.respondWith(openFile(request));
});

self.addEventListener('message', (event) => {
  if (event.data?.type === 'keep' && typeof event.data.page === 'string')
    event.waitUntil(keepOpenPage(event.data.page));
});

async function openPage(event, page) {
  const fresh = fetch(event.request);
  const used = fresh.then(async (response) => {
    if (isPage(response)) return keep(page, response.clone(), LATER_MS);
    if (response.status < 500) return forget(page);
    return undefined;
  });
  event.waitUntil(used.catch(() => {}));
  const late = new Promise((resolve) => {
    setTimeout(() => resolve(null), PATIENCE_MS);
  });
  const answer = await Promise.race([fresh, late]).catch(() => null);
  if (answer && answer.status < 500) return answer;
  const kept = await (await caches.open(PAGES)).match(page, { ignoreVary: true });
  return kept ?? answer ?? fresh.catch(() => serverAway());
}

async function openFile(request) {
  const kept = await caches.match(request.url, { cacheName: FILES, ignoreVary: true });
  return kept ?? fetch(request);
}

/** A page that was opened before this worker was there. */
async function keepOpenPage(page) {
  const url = new URL(page, self.location.origin);
  if (url.origin !== self.location.origin || !SCREENS.test(url.pathname)) return;
  if (await (await caches.open(PAGES)).match(page, { ignoreVary: true })) return;
  const response = await fetch(page, { credentials: 'same-origin', redirect: 'manual' });
  if (isPage(response)) await keep(page, response, 0);
}

const isPage = (response) =>
  response.status === 200 && !response.redirected && (response.headers.get('content-type') ?? '').includes('text/html');

/** The page is kept after its files, so that what is kept can always be opened. */
async function keep(page, response, later) {
  const text = await response.clone().text();
  await new Promise((resolve) => {
    setTimeout(resolve, later);
  });
  const files = await caches.open(FILES);
  await fetchAll(files, namesIn(text));
  const pages = await caches.open(PAGES);
  await pages.put(page, response);
  await sweep(pages, files);
}

async function forget(page) {
  await (await caches.open(PAGES)).delete(page);
}

/** Puts these files, and all that they name in turn, into the cache. */
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

/** Files that no kept page needs go. */
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

/** Scripts that are loaded later are named in others, below `static/`; fonts in styles, relative to them. */
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

/** Nothing is kept for this address. The page asks again by itself. */
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
