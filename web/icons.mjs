// The mark (four rooms around a courtyard) as SVG and PNG, without an image library.
import { deflateSync, crc32 } from 'node:zlib';

const GREEN = [0x1b, 0x5e, 0x46];
const WHITE = [0xff, 0xff, 0xff];

export const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1b5e46"/>' +
  '<path fill="#fff" fill-rule="evenodd" d="M6 6h20v20H6zM12 12v8h8v-8z"/><path fill="#1b5e46" d="M14.5 20h3v6h-3z"/></svg>\n';

/** A square PNG, 8-bit RGB, full bleed so that it can be masked. */
export function png(size) {
  const inside = (x, y, left, top, right, bottom) => x >= left && x < right && y >= top && y < bottom;
  const white = (x, y) =>
    inside(x, y, 8, 8, 24, 24) && !inside(x, y, 13, 13, 19, 19) && !inside(x, y, 14.7, 19, 17.3, 24);
  const rows = Buffer.alloc(size * (size * 3 + 1));
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const colour = white(((x + 0.5) * 32) / size, ((y + 0.5) * 32) / size) ? WHITE : GREEN;
      rows.set(colour, y * (size * 3 + 1) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
