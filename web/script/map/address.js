// The view in the address: every view is a link, also the ones to other languages and displays that stand on the page.

/** The query of a view; what the page itself keeps there stays. */
export function query(state, keep = location.search) {
  const params = new URLSearchParams(keep);
  for (const name of ['lon', 'lat', 'zoom', 'layer', 'style', 'from', 'to', 'by', 'bbox', 'lang']) params.delete(name);
  for (const [name] of state.keeps) params.delete(name);
  for (const [name, value] of state.keeps) params.append(name, value);
  const [lon, lat, zoom] = state.place;
  params.set('lon', lon.toFixed(5));
  params.set('lat', lat.toFixed(5));
  params.set('zoom', zoom.toFixed(2));
  params.append('layer', '');
  for (const layer of state.layers) if (layer.shown) params.append('layer', layer.id);
  if (state.look !== 'auto') params.set('style', state.look);
  const [from, to] = state.days;
  if (from) params.set('from', from);
  if (to) params.set('to', to);
  if (state.byDistrict) params.set('by', 'district');
  return params.toString();
}

/** The address bar, and every link of the page that leads to the same view. */
export function write(root, state) {
  const search = query(state);
  history.replaceState(history.state, '', `${location.pathname}?${search}`);
  const moved = (place) => `${state.here}?${query({ ...state, place })}`;
  for (const link of root.querySelectorAll('[data-map-go]')) {
    const [lon, lat, zoom] = state.place;
    const turn = { in: 1, out: -1 }[link.dataset.mapGo];
    link.href = moved(turn ? [lon, lat, zoom + turn] : neighbour(link.dataset.mapGo, state));
  }
  for (const link of root.querySelectorAll('[data-map-order]')) {
    link.href = `${state.here}?${query({ ...state, byDistrict: link.dataset.mapOrder === 'district' })}`;
  }
  const print = root.querySelector('[data-map-print]');
  if (print) print.href = `${state.print}?${search}`;
  const large = root.querySelector('[data-map-open]');
  if (large) large.href = `${state.embed}?${search}`;
  for (const link of document.querySelectorAll('header a[hreflang]')) {
    const lang = new URL(link.href).searchParams.get('lang');
    link.href = `${location.pathname}?${search}&lang=${lang}`;
  }
  const back = document.querySelector('form[action="/preferences"] [name=back]');
  if (back) back.value = `${location.pathname}?${search}`;
}

/** Half a screen further. */
function neighbour(way, { place: [lon, lat, zoom] }) {
  const half = (360 / 2 ** zoom / 512) * 480;
  const shrink = Math.cos((lat * Math.PI) / 180);
  const [east, north] = { north: [0, 0.6 * shrink], south: [0, -0.6 * shrink], east: [1, 0], west: [-1, 0] }[way];
  return [lon + east * half, Math.max(-85, Math.min(85, lat + north * half)), zoom];
}
