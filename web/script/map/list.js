// The same things as a list: the server writes it, for what the map shows now.
import { query } from './address.js';
import { still } from './engine.js';
import { point } from './marks.js';

const PAUSE = 350;

export function list(state) {
  const { map, root } = state;
  let timer;
  let asking;

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const box = map.getBounds().toArray().flat().map((degree) => degree.toFixed(6)).join();
    try {
      const answer = await fetch(`${state.here}?${query(state)}&bbox=${box}&lang=${state.lang}`, { signal: asking.signal });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      place(page.querySelector('[data-map-list]'));
    } catch (error) {
      if (error.name !== 'AbortError') console.warn('the list is as before:', error);
    }
  };
  const place = (made) => {
    const before = state.find('[data-map-list]');
    if (!before || !made) return;
    const within = before.contains(document.activeElement) && document.activeElement.closest('li');
    before.replaceWith(made);
    if (!within) return;
    const { layer, id } = within.dataset;
    made.querySelector(`li[data-layer="${CSS.escape(layer)}"][data-id="${CSS.escape(id)}"] a`)?.focus({ preventScroll: true });
  };
  /** Soon; many moves are one question. */
  state.list = () => {
    clearTimeout(timer);
    if (state.find('[data-map-list]')) timer = setTimeout(ask, PAUSE);
  };

  const entry = ({ target }) => target.closest?.('[data-map-list] li[data-id]');
  const at = (item) => item.dataset.at.split(',').map(Number);
  const point_at = (event) => {
    const item = entry(event);
    state.mark('pointed', item ? [{ geometry: point(at(item)), size: 12 }] : []);
  };
  for (const kind of ['focusin', 'mouseover']) root.addEventListener(kind, point_at);
  root.addEventListener('click', async (event) => {
    const item = entry(event);
    if (!item || !event.target.closest('a') || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const layer = state.layers.find(({ id }) => id === item.dataset.layer);
    if (!layer) return;
    event.preventDefault();
    await state.open(layer, item.dataset.id);
    map.easeTo({ center: at(item), duration: still() ? 0 : 400 });
  });

  for (const link of state.all('[data-map-order]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      state.byDistrict = link.dataset.mapOrder === 'district';
      for (const other of state.all('[data-map-order]')) other.toggleAttribute('aria-current', other === link);
      link.setAttribute('aria-current', 'true');
      history.replaceState(history.state, '', `${location.pathname}?${query(state)}`);
      ask();
    });
  }
}
