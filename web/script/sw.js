// Keeps the offline page and the assets; pages themselves always come from the network, so nothing personal stays on
// a shared device.
/* global PRECACHED */
const CACHE = `madang-${PRECACHED.join()}`;

addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(['/offline', ...PRECACHED])).then(() => skipWaiting()));
});

addEventListener('activate', (event) => {
  const forget = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => clients.claim()));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(() => caches.match('/offline')));
  } else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});

// A letter came. What the notice may show was decided by its reader, on the site.
addEventListener('push', (event) => {
  const { title, body, lang, tag, href } = event.data?.json() ?? {};
  if (title) event.waitUntil(registration.showNotification(title, { body, lang, tag, data: href }));
});

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data ?? '/'));
});
