// What the desk needs without a network, in a cache of this reader and this city: the page, its styles and scripts, the
// bundle, and archived pages that were opened. The service worker answers from it (sw.js); signing out empties it, as
// the site tells the browser to, and another reader's cache goes when the desk is opened.
const CACHE = 'desk-';

const name = ({ reader, address }) => `${CACHE}${reader}-${address.split('/').pop()}`;
const json = (what) => new Response(JSON.stringify(what), { headers: { 'content-type': 'application/json' } });
const box = async (desk) => ('caches' in window ? caches.open(name(desk)) : undefined);

/** The bundle from the site, else from the last time; nothing when there is neither. */
export async function load(desk) {
  try {
    const answer = await fetch(`${desk.address}/bundle`, { redirect: 'manual' });
    if (answer.ok) return await answer.json();
  } catch {
    // Offline, which is why it was kept.
  }
  const cache = await box(desk);
  const [bundle, codes] = await Promise.all(['bundle', 'codes'].map((part) => cache?.match(`${desk.address}/${part}`)));
  if (!bundle) return undefined;
  const kept = await bundle.json();
  return codes ? { ...kept, codes: await codes.json() } : kept;
}

/** Keeps page, bundle and assets for the next hour without a network. */
export async function keep(desk) {
  if (!('caches' in window) || !navigator.onLine) return;
  const others = (await caches.keys()).filter((one) => one.startsWith(CACHE) && !one.startsWith(`${CACHE}${desk.reader}-`));
  await Promise.all(others.map((one) => caches.delete(one)));
  const cache = await box(desk);
  await cache.put(`${desk.address}/bundle`, json(desk.bundle));
  await keepCodes(desk);
  const loaded = performance.getEntriesByType('resource').map((entry) => new URL(entry.name));
  const assets = loaded.filter((url) => url.origin === location.origin && url.pathname.startsWith('/assets/'));
  await Promise.allSettled([...new Set(assets.map(String))].map((asset) => cache.add(asset)));
  const page = await fetch(`${desk.address}/${desk.order[0]}`, { redirect: 'manual' });
  if (page.ok) await cache.put(`${desk.address}/page`, page);
  desk.root.dataset.offline = 'ready';
}

/** What the site has taken: versions must be known without it. */
export async function keepCodes(desk) {
  const cache = await box(desk);
  await cache?.put(`${desk.address}/codes`, json(Object.fromEntries(desk.kept)));
}

/** The bundle anew, after the site shows more. */
export async function refresh(desk) {
  const cache = await box(desk);
  const answer = await fetch(`${desk.address}/bundle`).catch(() => undefined);
  if (answer?.ok) await cache?.put(`${desk.address}/bundle`, answer);
}

/** Whether an archived page can be shown; what is opened stays for the time without a network. */
export async function canOpen(desk, page) {
  const cache = await box(desk);
  if (!navigator.onLine) return Boolean(await cache?.match(page.page));
  for (const part of [page.page, page.picture].filter(Boolean)) cache?.add(part).catch(() => {});
  return true;
}
