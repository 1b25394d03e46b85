// Keeps the offline page and the assets; pages themselves always come from the network, so nothing personal stays on
// a shared device. The evaluator's desk alone works without it, from a cache that it fills itself (desk/offline.js) and
// that signing out empties.
/* global PRECACHED */
const CACHE = `madang-${PRECACHED.join()}`;

addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(['/offline', ...PRECACHED])).then(() => skipWaiting()));
});

addEventListener('activate', (event) => {
  const forget = (names) => Promise.all(names.filter((name) => name !== CACHE && !name.startsWith('desk-')).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => clients.claim()));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(async () => (await kept(request, url)) ?? caches.match('/offline')));
  } else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
  } else if (url.pathname.startsWith('/survey/archive/')) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request, { ignoreVary: true })) ?? Response.error()));
  }
});

/** Any page of a city's desk is the page that was kept of it: its script shows the criterion of the address. An archived
 *  page in its frame is itself. */
async function kept(request, { pathname }) {
  if (pathname.startsWith('/survey/archive/')) return caches.match(request.url, { ignoreVary: true });
  const [, place] = pathname.match(/^(\/survey\/desk\/[^/]+)/) ?? [];
  return place && caches.match(`${place}/page`, { ignoreVary: true });
}

// A letter came. What the notice may show was decided by its reader, on the site.
addEventListener('push', (event) => {
  const { title, body, lang, tag, href } = event.data?.json() ?? {};
  if (title) event.waitUntil(registration.showNotification(title, { body, lang, tag, data: href }));
});

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data ?? '/'));
});
