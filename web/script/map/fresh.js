// What others change is seen at once: the server names the tiles that are out of date, and those are loaded again.
export function fresh(state) {
  const { map } = state;
  let events;
  let heard = '';
  let missed = false;

  const again = (layer, tiles) => map.getSource(layer) && map.refreshTiles(layer, tiles?.map(([z, x, y]) => ({ z, x, y })));
  const shown = () => state.layers.filter((layer) => layer.shown).map(({ id }) => id);
  const listen = () => {
    const names = document.hidden ? '' : shown().join();
    if (!state.changes || (names === heard && events?.readyState !== EventSource.CLOSED)) return;
    events?.close();
    heard = names;
    if (!names) return (missed = true);
    events = new EventSource(`${state.changes}?layers=${encodeURIComponent(names)}`);
    events.addEventListener('open', () => {
      state.root.dataset.listening = '';
      // Whatever was said while nobody listened.
      if (missed) for (const name of shown()) again(name);
      missed = false;
    });
    events.addEventListener('change', ({ data }) => {
      const { layer, tiles } = JSON.parse(data);
      again(layer, tiles);
      state.list?.();
    });
    events.addEventListener('error', () => {
      if (!missed && events.readyState === EventSource.CLOSED) state.say?.(state.words('closed'));
      missed = true;
    });
  };
  state.listen = listen;
  document.addEventListener('visibilitychange', listen);
  listen();
}
