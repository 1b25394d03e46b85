// Reads styles of maps, one JSON document a line, and prints what MapLibre's own validator has to say against them.
import { createInterface } from 'node:readline';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';

let count = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const style = JSON.parse(line);
  for (const { message } of validateStyleMin(style)) console.log(`${style.name}: ${message}`);
  count += 1;
}
console.log(`${count} styles`);
