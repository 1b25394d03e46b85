// The city's layers on a map: as plain pages, without WebGL, and as a map that moves; by mouse and by keys; what others
// change is seen at once; staff draw, and somebody else is quicker.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "../browser.mjs";
import { BINARY, openCity } from "../city.mjs";
import { look, lookAround } from "../look.mjs";
import { administrator, setUpApp } from "../people.mjs";

const KIM = { name: "Kim Administrator", email: "kim@city.example" };
const PICTURES = process.env.SHOTS;

const feature = (id, coordinates, properties, type = "Point") => ({ type: "Feature", id, geometry: { type, coordinates }, properties });
const LIBRARIES = Array.from({ length: 40 }, (_, place) =>
  feature(`l${place}`, [126.95 + 0.01 * (place % 8), 37.53 + 0.01 * Math.floor(place / 8)], {
    name: `${["도서관", "Library", "مكتبة"][place % 3]} ${place}`, kind: place % 2 ? "small" : "large", seats: place * 7, opened: `20${10 + (place % 10)}-03-01`,
  }));
const square = (west, south, size) => [[[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]];
const DISTRICTS = [["west", 126.9, "West district"], ["east", 127.0, "East district"]].map(([id, west, name]) => feature(id, square(west, 37.5, 0.1), { name }, "Polygon"));

let city, site, folder, browser, plain;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "madang-map-"));
  for (const [name, title, features] of [["libraries", "Libraries", LIBRARIES], ["districts", "Districts", DISTRICTS]]) {
    const file = path.join(folder, `${name}.geojson`);
    await writeFile(file, JSON.stringify({ type: "FeatureCollection", features }));
    const use = name === "districts" ? "districts" : "things";
    const words = ["map", "import", file, "--layer", name, "--use", use, "--title", title, "--source", "A made-up city", "--licence", "CC0-1.0", "--data", folder];
    execFileSync(BINARY, words, { stdio: ["ignore", "ignore", "inherit"] });
  }
  [city, browser, plain] = await Promise.all([openCity({ folder }), openBrowser({ draws: true }), openBrowser()]);
  site = city.address;
});
after(async () => {
  await browser?.close();
  await plain?.close();
  await city?.close();
  await rm(folder, { recursive: true, force: true });
  assert.deepEqual(city.complaints(), [], "the log stayed clean");
});

async function person(of = browser, options = {}) {
  const context = await of.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(60_000);
  return openPage(context);
}
const HERE = "lon=126.98&lat=37.55&zoom=13&layer=&layer=libraries";
const main = (page) => page.textContent("main");
const said = (page) => page.textContent("[data-map-said]");
async function open(page, address) {
  await page.goto(site + address);
  await page.waitForSelector("[data-map][data-ready]");
}
/** Until the map shows something of a name, or no longer. */
const drawn = (page, name, is = true) =>
  page.waitForFunction(([name, is]) => {
    const { map } = document.querySelector("[data-map]");
    return map.querySourceFeatures("libraries", { sourceLayer: "libraries" }).some(({ properties }) => properties.name === name) === is;
  }, [name, is], { polling: 10 });
async function picture(page, name) {
  if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true });
}

test("without scripts: a picture, links that move it, a form of layers and days, the list of the same things", async () => {
  const page = await person(plain, { javaScriptEnabled: false });
  await page.goto(`${site}/map?${HERE}&lang=en`);
  const img = page.locator("[data-map-picture]");
  const answer = await page.request.get(site + (await img.getAttribute("src")));
  assert.equal(answer.headers()["content-type"], "image/png");
  assert.ok((await answer.body()).length > 5_000, "something is drawn");
  assert.match(await main(page), /Libraries: \d+/);
  await page.click("[data-map-go=east]");
  const east = new URL(page.url()).searchParams;
  assert.ok(Number(east.get("lon")) > 126.98 && east.getAll("layer").includes("libraries"));
  await page.click("[data-map-order=district]");
  assert.match(await main(page), /West district|East district/);
  await page.uncheck('input[name=layer][value="libraries"]');
  await page.click("[data-map-show]");
  assert.match(await main(page), /No layer is chosen/);
  await page.goto(`${site}/map?${HERE}&from=2015-01-01&to=2016-12-31&lang=en`);
  const some = Number((await main(page)).match(/Libraries: (\d+)/)[1]);
  assert.ok(some > 0 && some < 40, `${some} of two years`);
  await page.locator("[data-map-list] a").first().click();
  assert.match(await main(page), /kind/);
  await page.context().close();
});

test("where the browser draws nothing, nothing large is loaded and the picture stays", async () => {
  const page = await person(plain);
  const loaded = [];
  page.on("response", (response) => loaded.push(response.url()));
  await page.goto(`${site}/map?${HERE}&lang=en`);
  await page.waitForLoadState("networkidle");
  assert.ok(await page.isVisible("[data-map-picture]"));
  assert.deepEqual(loaded.filter((url) => /map-(worker|view|editor)/.test(url)), []);
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test("pages of the map as four readers see them", async () => {
  const page = await person();
  for (const address of [`/map?${HERE}`, "/map/layers", "/map/layers/libraries", "/map/layers/libraries/l3", "/map/make?of=libraries&field=seats"]) {
    await lookAround(page, site + address, address.split("?")[0]);
  }
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test("a map that moves: a thing by a click and by keys, the list follows, every view is a link", async () => {
  const page = await person();
  await open(page, `/map?${HERE}&lang=en`);
  await drawn(page, "Library 19");
  const at = LIBRARIES[19].geometry.coordinates;
  const [x, y] = await page.evaluate((at) => {
    const { map } = document.querySelector("[data-map]");
    const { left, top } = map.getCanvas().getBoundingClientRect();
    const { x, y } = map.project(at);
    return [left + x, top + y];
  }, at);
  await page.mouse.click(x, y);
  await page.waitForSelector("[data-map-panel]:not([hidden])");
  assert.match(await page.textContent("[data-map-panel]"), /Library 19[\s\S]*seats/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "map-panel", "the name is read next");
  await look(page, "a thing");
  await picture(page, "map-panel");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "CANVAS");
  await page.keyboard.press("+");
  await page.waitForURL(/zoom=14/);
  const listed = page.waitForResponse((answer) => answer.url().includes("bbox="));
  await page.keyboard.press("ArrowRight");
  await listed;
  const link = page.url();
  await page.goto("about:blank");
  await page.goto(link);
  await page.waitForSelector("[data-map][data-ready]");
  const zoom = await page.evaluate(() => document.querySelector("[data-map]").map.getZoom());
  assert.ok(Math.abs(zoom - 14) < 0.01);
  const name = await page.locator("[data-map-list] li a").first().textContent();
  await page.locator("[data-map-list] li a").first().click();
  await page.waitForSelector("[data-map-panel]:not([hidden])");
  assert.match(await page.textContent("[data-map-panel]"), new RegExp(name));
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test("measuring by keys alone, where I am, the dark, less motion", async () => {
  const page = await person(browser, { permissions: ["geolocation"], geolocation: { longitude: 126.98, latitude: 37.55, accuracy: 50 }, reducedMotion: "reduce" });
  await open(page, `/map?${HERE}&lang=en`);
  await page.click('[data-map-do="distance"]');
  await page.keyboard.press("Enter");
  const middle = await page.evaluate(() => document.querySelector("[data-map]").map.getCenter().lng);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((middle) => {
    const { map } = document.querySelector("[data-map]");
    return !map.isMoving() && map.getCenter().lng > middle;
  }, middle, { polling: 50 });
  await page.keyboard.press("Enter");
  assert.match(await said(page), /Distance: [\d.]+ (m|km)/);
  await page.click('[data-map-do="stop"]');
  await page.click('[data-map-do="here"]');
  await page.waitForFunction(() => /within 50 m/.test(document.querySelector("[data-map-said]").textContent));
  const styled = page.waitForResponse(/\/map\/style\/dark/);
  await page.emulateMedia({ colorScheme: "dark" });
  await styled;
  await look(page, "the dark map");
  await picture(page, "map-dark");
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test("on paper and in frames of others", async () => {
  const page = await person();
  const paper = await page.request.get(`${site}/map/print?${HERE}`);
  assert.equal(paper.headers()["content-type"], "application/pdf");
  assert.match((await paper.body()).subarray(0, 5).toString(), /%PDF-/);
  const frame = await page.request.get(`${site}/map/embed?${HERE}`);
  assert.match(frame.headers()["content-security-policy"], /frame-ancestors \*/);
  await open(page, `/map/embed?${HERE}&lang=en`);
  await look(page, "embedded");
  await picture(page, "map-embed");
  await page.context().close();
});

test("staff draw; others see it within moments; whoever is slower sees both versions", async () => {
  const kim = await person();
  const other = await person();
  await administrator(kim, city, site, KIM);
  await kim.goto(`${site}/map/edit/libraries?lang=en`);
  await setUpApp(kim);
  await open(other, `/map?${HERE.replace("13", "14")}&lang=en`);
  await other.waitForSelector("[data-listening]", { state: "attached" });
  await drawn(other, "Library 19");

  await kim.goto(`${site}/map/edit/libraries?lang=en`);
  await kim.waitForSelector("[data-map-edit][data-ready]");
  await look(kim, "the editor");
  await kim.evaluate(() => document.querySelector("[data-map-edit]").map.jumpTo({ center: [126.9805, 37.5505], zoom: 15 }));
  const box = await kim.locator("[data-map-engine] canvas").boundingBox();
  await kim.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await kim.waitForFunction(() => /Point/.test(document.querySelector("#geometry").value));
  await picture(kim, "map-edit");
  await kim.fill("#f-name", "Brand new");
  const since = Date.now();
  await kim.click("button[value=save]");
  await drawn(other, "Brand new");
  console.log(`an edit is seen elsewhere ${Date.now() - since} ms after the click`);
  await kim.waitForURL(/\/map\/layers\/libraries/);

  const second = await kim.context().newPage();
  for (const page of [kim, second]) {
    await page.goto(`${site}/map/edit/libraries?id=l3&lang=en`);
    await page.waitForSelector("[data-map-edit][data-ready]");
  }
  await second.fill("#f-name", "Theirs");
  await second.click("button[value=save]");
  await second.waitForURL(/\/map\/layers\/libraries\/l3/);
  await kim.fill("#f-name", "Mine");
  await kim.click("button[value=save]");
  await kim.waitForSelector("[data-edit-conflict]");
  assert.match(await kim.textContent("[data-edit-conflict]"), /Theirs[\s\S]*Mine/);
  await look(kim, "two versions");
  await picture(kim, "map-conflict");
  await kim.click("[data-edit-do=mine]");
  await kim.waitForURL(/\/map\/layers\/libraries\/l3/);
  assert.match(await main(kim), /Mine[\s\S]*What became of it[\s\S]*Changed[\s\S]*Changed/);

  const context = await plain.newContext({ javaScriptEnabled: false, storageState: await kim.context().storageState() });
  const page = await openPage(context);
  await page.goto(`${site}/map/edit/libraries?id=l3&lang=en`);
  await page.fill("#geometry", "POINT (127.0 91 2 oops");
  await page.click("button[value=save]");
  assert.match(await main(page), /The shape cannot be read/);
  await page.fill("#geometry", "POINT (126.99 37.56)");
  await page.click("button[value=look]");
  assert.ok(await page.isVisible("img.map-preview"));
  await page.click("button[value=save]");
  assert.match(page.url(), /\/map\/layers\/libraries\/l3/);
  await context.close();
});
