// Where is it? Suggestions while one types (WAI-ARIA combobox with a list), the device's own place, or a small map.
// Without this file the text alone goes off, and the server finds the place.
import { words } from './map/says.js';

const PAUSE = 150;

for (const root of document.querySelectorAll('[data-place]')) prepare(root);

function prepare(root) {
  const place = JSON.parse(root.dataset.place);
  const form = root.closest('form');
  const find = (what) => root.querySelector(what);
  const own = (part) => find(`[name="${CSS.escape(`${place.name}-${part}`)}"]`);
  const field = find(`[name="${CSS.escape(place.name)}"]`);
  const state = {
    ...place,
    root,
    find,
    field,
    words: words(place.says),
    say: (text) => (find('[data-place-said]').textContent = text),
    at: () => (own('lon').value ? [Number(own('lon').value), Number(own('lat').value)] : null),
    /** The place, and what it is called when that is known. */
    choose(at, text) {
      own('lon').value = at ? at[0].toFixed(6) : '';
      own('lat').value = at ? at[1].toFixed(6) : '';
      if (text !== undefined) field.value = text;
      find('[data-place-do=forget]').hidden = !at;
      state.say(at ? state.words('chosen', field.value) : '');
      state.moved?.(at);
    },
  };
  find('[data-place-live]').hidden = false;
  find('[data-place-do=forget]').hidden = !state.at();
  find('[data-place-do=forget]').addEventListener('click', () => (state.choose(null, ''), field.focus()));
  combobox(state);
  here(state);
  map(state);
  // Another text is another place.
  field.addEventListener('input', () => state.at() && state.choose(null));
  form?.addEventListener('reset', () => state.choose(null, ''));
}

function combobox({ root, find, field, search, name, words, say, choose, lang }) {
  const list = find('[role=listbox]');
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-controls', list.id);
  let found = [];
  let chosen = -1;
  let asking;
  let timer;

  const shut = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    chosen = -1;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };
  const mark = (place) => {
    chosen = place;
    for (const [number, option] of [...list.children].entries()) option.setAttribute('aria-selected', String(number === chosen));
    if (chosen < 0) return field.removeAttribute('aria-activedescendant');
    field.setAttribute('aria-activedescendant', list.children[chosen].id);
    list.children[chosen].scrollIntoView({ block: 'nearest' });
  };
  const take = (place) => {
    const { at, text } = found[place];
    shut();
    choose(at, text);
  };
  const show = () => {
    list.replaceChildren(...found.map(({ text, remark }, place) => {
      const option = document.createElement('li');
      option.id = `${name}-option-${place}`;
      option.role = 'option';
      option.setAttribute('aria-selected', 'false');
      option.textContent = text;
      if (remark) option.append(Object.assign(document.createElement('span'), { textContent: remark }));
      return option;
    }));
    list.hidden = !found.length;
    field.setAttribute('aria-expanded', String(found.length > 0));
    mark(-1);
    say(found.length ? words('found', new Intl.NumberFormat(lang).format(found.length)) : words('nothing'));
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const query = new URLSearchParams({ q: field.value.trim(), limit: 8, typing: true });
      const answer = await fetch(`${search}?${query}`, { signal: asking.signal, headers: { accept: 'application/geo+json' } });
      if (!answer.ok) throw new Error(answer.status);
      found = (await answer.json()).features.map(read);
      if (document.activeElement === field) show();
    } catch (error) {
      if (error.name !== 'AbortError') shut();
    }
  };

  field.setAttribute('aria-expanded', 'false');
  field.addEventListener('input', () => {
    clearTimeout(timer);
    if (field.value.trim()) timer = setTimeout(ask, PAUSE);
    else shut();
  });
  field.addEventListener('keydown', (event) => {
    const { key, altKey } = event;
    const open = !list.hidden;
    const last = found.length - 1;
    if (key === 'ArrowDown' && !open) field.value.trim() && ask();
    else if (key === 'ArrowDown' && !altKey) mark(chosen < last ? chosen + 1 : -1);
    else if (key === 'ArrowUp' && open) mark(chosen < 0 ? last : chosen - 1);
    else if (key === 'Enter' && open && chosen >= 0) take(chosen);
    else if (key === 'Escape' && open) shut();
    else if (key === 'Tab' && open && chosen >= 0) return take(chosen);
    else return;
    event.preventDefault();
  });
  // Before the field loses the focus.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => {
    const option = target.closest('[role=option]');
    if (option) take([...list.children].indexOf(option));
  });
  field.addEventListener('blur', shut);
  root.dataset.ready = '';
}

/** A suggestion of the search: GeoJSON whose properties name it. */
function read({ geometry, properties: { name, address, district } }) {
  return { at: geometry.coordinates, text: name, remark: [address !== name && address, district].filter(Boolean).join(' · ') };
}

function here({ find, words, say, choose, field, reverse }) {
  const button = find('[data-place-do=here]');
  if (!navigator.geolocation) return (button.hidden = true);
  button.addEventListener('click', () => {
    navigator.geolocation.getCurrentPosition(({ coords: { longitude, latitude } }) => {
      named([longitude, latitude], { reverse }).then((name) => choose([longitude, latitude], name ?? field.value));
    }, () => say(words('denied')), { enableHighAccuracy: true, timeout: 15000 });
  });
}

/** What stands there; the numbers when nobody knows. */
async function named([lon, lat], { reverse }) {
  const numbers = `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
  try {
    const answer = await fetch(`${reverse}?${new URLSearchParams({ lon, lat })}`, { headers: { accept: 'application/geo+json' } });
    const [first] = answer.ok ? (await answer.json()).features : [];
    return first ? read(first).text : numbers;
  } catch {
    return numbers;
  }
}

/** The small map is loaded when somebody asks for it. */
function map(state) {
  const button = state.find('[data-place-do=map]');
  if (!button) return;
  const place = document.getElementById(button.getAttribute('aria-controls'));
  let opened;
  button.addEventListener('click', async () => {
    place.hidden = !place.hidden;
    button.setAttribute('aria-expanded', String(!place.hidden));
    if (place.hidden || opened) return;
    try {
      const { draws } = await import('./map/draws.js');
      if (!draws()) throw new Error('this browser draws no map');
      const { small } = await import('./map/small.js');
      opened = await small(place.querySelector('[data-place-canvas]'), state, (at) => named(at, state));
    } catch {
      state.say(state.words('lost'));
      place.hidden = true;
      button.hidden = true;
    }
  });
}
