// Where I am, share, embed, full screen.
import { query } from './address.js';
import { still } from './engine.js';
import { circle, point } from './marks.js';
import { length } from './says.js';

export function tools(state) {
  const { map, find } = state;
  const on = (name, act) => find(`[data-map-do="${name}"]`)?.addEventListener('click', act);

  on('here', () => {
    if (!navigator.geolocation) return state.say(state.words('denied'));
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const at = [coords.longitude, coords.latitude];
      state.mark('here', [{ geometry: circle(at, coords.accuracy) }, { geometry: point(at) }]);
      map.easeTo({ center: at, zoom: Math.max(map.getZoom(), 15), duration: still() ? 0 : 600 });
      state.say(state.words('here', length(coords.accuracy, state.lang)));
    }, () => state.say(state.words('denied')), { enableHighAccuracy: true, timeout: 15000 });
  });
  on('share', async () => {
    const url = location.href;
    if (navigator.share && matchMedia('(pointer: coarse)').matches) return navigator.share({ title: document.title, url }).catch(() => {});
    await navigator.clipboard.writeText(url);
    state.say(state.words('copied'));
  });
  on('embed', async () => {
    const address = `${location.origin}${state.embed}?${query(state, '')}`.replaceAll('&', '&amp;');
    const title = document.title.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    await navigator.clipboard.writeText(`<iframe src="${address}" title="${title}" width="640" height="480" loading="lazy"></iframe>`);
    state.say(state.words('embed'));
  });
  const stage = find('[data-map-stage]');
  const whole = find('[data-map-do="whole"]');
  if (!stage.requestFullscreen) whole.hidden = true;
  whole.setAttribute('aria-pressed', 'false');
  on('whole', () => (document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen()));
  document.addEventListener('fullscreenchange', () => whole.setAttribute('aria-pressed', String(document.fullscreenElement === stage)));

  scale(state);
}

/** A bar of a round length, drawn again when the map was moved. */
function scale({ map, find, lang }) {
  const bar = document.createElement('span');
  bar.dataset.mapScale = '';
  bar.setAttribute('aria-hidden', 'true');
  find('[data-map-canvas]').append(bar);
  const draw = () => {
    const middle = map.getContainer().clientHeight / 2;
    const metres = map.unproject([0, middle]).distanceTo(map.unproject([120, middle]));
    const power = 10 ** Math.floor(Math.log10(metres));
    const round = [5, 2, 1].find((step) => step * power <= metres) * power;
    bar.textContent = length(round, lang);
    bar.style.inlineSize = `${(round / metres) * 120}px`;
  };
  map.on('move', draw);
  draw();
}
