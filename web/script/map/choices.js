// Layers, days and colours, as soon as they are chosen.
import { still, recolour } from './engine.js';
import { write } from './address.js';
import { changed } from './view.js';

const DAY = 24 * 60 * 60 * 1000;
const number = (day) => Math.round(Date.parse(day) / DAY);
const written = (count) => new Date(count * DAY).toISOString().slice(0, 10);

export function choices(state) {
  const form = state.find('[data-map-choices]');
  moves(state);
  if (!form) return;
  form.querySelector('[data-map-show]').hidden = true;
  form.addEventListener('submit', (event) => event.preventDefault());
  const slider = form.querySelector('[data-map-slider]');
  if (slider) slide(slider, form, state);
  form.addEventListener('change', ({ target }) => {
    if (target.name === 'layer') state.layers.find(({ id }) => id === target.value).shown = target.checked;
    else if (target.name === 'style') {
      state.look = target.value;
      recolour(state.map, state);
      return write(state.root, state);
    } else if (target.name === 'from' || target.name === 'to') state.days = [form.elements.from.value, form.elements.to.value];
    else return;
    changed(state);
  });
}

/** The last day by hand: what happened comes and goes as it moves. */
function slide(slider, form, state) {
  const { first, last } = slider.closest('[data-first]').dataset;
  const { to } = form.elements;
  const show = () => {
    slider.setAttribute('aria-valuetext', new Intl.DateTimeFormat(state.lang, { dateStyle: 'long', timeZone: 'UTC' }).format(Number(slider.value) * DAY));
  };
  slider.min = number(first);
  slider.max = number(last);
  slider.value = to.value ? number(to.value) : slider.max;
  show();
  slider.addEventListener('input', () => {
    to.value = written(Number(slider.value));
    show();
    to.dispatchEvent(new Event('change', { bubbles: true }));
  });
  to.addEventListener('change', () => to.value && (slider.value = number(to.value)));
}

/** The links around the map. */
function moves({ map, all }) {
  const ways = { north: [0, -1], south: [0, 1], west: [-1, 0], east: [1, 0] };
  for (const link of all('[data-map-go]')) {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const way = link.dataset.mapGo;
      const how = { duration: still() ? 0 : 250 };
      if (way === 'in') map.zoomIn(how);
      else if (way === 'out') map.zoomOut(how);
      else map.panBy(ways[way].map((part) => part * 200), how);
    });
  }
}
