// Builds everything that browsers load into dist/: hashed names, manifest.json (plain name -> hashed name), and a
// .br and .gz beside each text. The binary embeds the folder.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { png, svg } from './icons.mjs';
import { landPath } from './world.mjs';

const here = new URL('./', import.meta.url).pathname;
const dist = `${here}dist/`;
const manifest = {};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

const common = {
  absWorkingDir: here,
  outdir: dist,
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: 'none',
  entryNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  loader: { '.woff2': 'file' },
  logLevel: 'warning',
  target: ['chrome111', 'firefox113', 'safari16.4'],
};

async function bundle(entryPoints, more = {}) {
  const { metafile } = await build({ ...common, ...more, entryPoints });
  for (const [output, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoints.includes(entryPoint)) manifest[basename(entryPoint)] = basename(output);
  }
}

async function keep(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase();
  const extension = extname(name);
  const hashed = `${basename(name, extension)}-${hash}${extension}`;
  await writeFile(dist + hashed, content);
  manifest[name] = hashed;
}

await bundle(['style/city.css', 'style/fonts.css', 'script/city.js', 'script/desk.js', 'script/passkey.js', 'script/proof-worker.js']);
// Maps: only pages with a map load them, and what the pages share stands in files of its own.
await bundle(['style/map.css']);
await bundle(['script/map.js', 'script/map-edit.js', 'script/place.js'], { format: 'esm', splitting: true, chunkNames: 'map-[name]-[hash]' });
await bundle(['script/map-worker.js'], { format: 'esm', ignoreAnnotations: true });
await keep('icon.svg', svg);
for (const size of [180, 192, 512]) await keep(`icon-${size}.png`, png(size));
await keep('world.path', await landPath());
const precached = ['city.css', 'fonts.css', 'city.js'].map((name) => `/assets/${manifest[name]}`);
await bundle(['script/sw.js'], { format: 'iife', define: { PRECACHED: JSON.stringify(precached) } });

for (const name of await readdir(dist)) {
  if (!/\.(css|js|svg|path)$/.test(name)) continue;
  const content = await readFile(dist + name);
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  await writeFile(`${dist}${name}.br`, brotliCompressSync(content, options));
  await writeFile(`${dist}${name}.gz`, gzipSync(content, { level: 9 }));
}
// Last, because the Rust build watches it.
await writeFile(`${dist}manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
