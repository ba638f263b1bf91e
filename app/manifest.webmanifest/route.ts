// The web app manifest, with which a device installs a screen as an app. Each screen has its own, which carries its name
// and opens it. It tells nothing that is not in its address, so it needs no paired device.

/** The pages that can be installed; anything else opens the list of this browser's screens. */
const SCREEN = /^\/(?:kitchen\/[^/?#]+|expo|floor|manager)(?:\?device=[\w-]{1,64})?$/;
const MOST_NAME = 60;

const icons = [
  { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
  { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
  { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
  { src: '/icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
];

export function GET(request: Request): Response {
  const asked = new URL(request.url).searchParams;
  const page = asked.get('page') ?? '';
  const start = SCREEN.test(page) ? page : '/';
  const name = (start === '/' ? '' : (asked.get('name') ?? '')).trim().slice(0, MOST_NAME);
  const manifest = {
    id: start,
    start_url: start,
    scope: '/',
    name: name ? `${name} · Heard` : 'Heard',
    short_name: name || 'Heard',
    display: 'fullscreen',
    display_override: ['fullscreen', 'standalone'],
    background_color: '#0d1117',
    theme_color: '#0d1117',
    icons,
  };
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json; charset=utf-8', 'cache-control': 'no-cache' },
  });
}
