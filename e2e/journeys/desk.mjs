// Two evaluators read three cities: one by keys alone, an hour without a network in the middle; one on a phone, partly
// without scripts. What they give is counted in keys and taps.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { openBrowser, openPage } from "../browser.mjs";
import { openCity } from "../city.mjs";
import { look } from "../look.mjs";
import { arrive, register, registerWithPasskey, signOut } from "../people.mjs";
import { configure, giveCities, openRound, openSite, openWire } from "../round.mjs";

const KIM = { name: "Kim Minsu", email: "kim@people.example" };
const LEE = { name: "Lee Jiwoo", email: "lee@people.example" };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
// Pictures for people: DESK_PICTURES=folder.
const PICTURES = process.env.DESK_PICTURES;

let city, wire, site, browser, folder, sites, kim, lee;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "madang-desk-"));
  const config = configure(folder);
  [city, browser, sites] = await Promise.all([
    openCity({ folder, words: ["--config", config] }),
    openBrowser(),
    Promise.all(["Harbour", "River", "Hill"].map(openSite)),
  ]);
  wire = await openWire(city.address);
  site = wire.address;
  const captured = openRound(folder, config, sites);
  kim = await evaluator(KIM, { viewport: { width: 1280, height: 900 } });
  lee = await evaluator(LEE, PHONE);
  await captured;
  await giveCities(city.address, folder, config, [KIM.email, LEE.email]);
  for (const page of [kim, lee]) page.given = await given(page);
});

after(async () => {
  await browser?.close();
  wire?.close();
  sites?.forEach((one) => one.close());
  const complaints = city?.complaints() ?? [];
  await city?.close();
  await rm(folder, { recursive: true, force: true });
  assert.deepEqual(complaints, [], "the log stayed clean");
  // Without a network, and with an answer that was changed elsewhere, the console says so.
  const expected = (line) => /ERR_|Failed to fetch|Failed to load resource/.test(line);
  assert.deepEqual([kim, lee].flatMap((page) => page?.troubles ?? []).filter((line) => !expected(line)), []);
});

/** Somebody with a passkey, and pages that count what is pressed. */
async function evaluator(who, options) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(15_000);
  const page = await openPage(context);
  await registerWithPasskey(page, city, site, who);
  page.pressed = 0;
  return page;
}

/** Where each city is read by this person. */
async function given(page) {
  await page.goto(`${site}/survey/desk?lang=en`);
  const links = await page.locator("main th a").all();
  const found = await Promise.all(links.map(async (link) => [await link.textContent(), (await link.getAttribute("href")).split("/").pop()]));
  return Object.fromEntries(found);
}

const desk = (assignment, at = "") => `${site}/survey/desk/${assignment}${at}`;
const here = (page) => new URL(page.url()).pathname.split("/").pop();
const main = (page) => page.textContent("main");
const state = (page, word) => page.waitForSelector(`[data-state="${word}"]`);
const saved = (page) => page.waitForSelector('[data-state="saved"]', { timeout: 40_000 });

async function press(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    page.pressed += 1;
  }
}

/** The archived page comes into its frame: nothing runs there, so its answer is looked at. */
async function framed(page, act) {
  const come = page.waitForResponse((answer) => answer.frame() !== page.mainFrame() && answer.url().includes("/survey/archive/"));
  await act();
  assert.match(await (await come).text(), /collects your name and address/);
}

/** What the site has, as a browser without anything of its own is told. */
async function kept(page, assignment) {
  const answer = await page.request.get(desk(assignment, "/bundle"), { headers: { accept: "application/json" } });
  return (await answer.json()).codes;
}

async function open(page, address) {
  await page.goto(address);
  await page.waitForSelector("[data-desk][data-ready]");
}

async function picture(page, name) {
  if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true });
}

/** In both languages, by day and in the dark; narrow and wide. */
async function lookEverywhere(page, address, name) {
  const size = page.viewportSize();
  for (const language of ["ko", "en"]) {
    await page.goto(`${address}?lang=${language}`);
    await look(page, `${name} ${language}`);
    await page.emulateMedia({ colorScheme: "dark" });
    const { violations } = await new AxeBuilder({ page }).withRules(["color-contrast"]).analyze();
    assert.deepEqual(violations.map(({ nodes }) => nodes[0].html), [], `${name} in the dark`);
    if (PICTURES) await picture(page, `${name}-${language}-dark-1280`);
    await page.emulateMedia({ colorScheme: "light" });
    for (const width of PICTURES ? [1280, 360] : []) {
      await page.setViewportSize({ width, height: 900 });
      await picture(page, `${name}-${language}-light-${width}`);
    }
    await page.setViewportSize(size);
  }
}

test("the desk lists one's own cities, and its pages are clean in both languages", async () => {
  await kim.goto(`${site}/account?lang=en`);
  await kim.click('main a[href="/survey/desk"]');
  for (const name of ["Harbour", "Hill", "River"]) assert.ok(kim.given[name] && kim.given[name] !== lee.given[name], name);
  await lookEverywhere(kim, `${site}/survey/desk`, "list");
  await lookEverywhere(kim, desk(kim.given.Harbour), "city");
  await lookEverywhere(kim, desk(kim.given.Harbour, "/PS16"), "criterion");
  await lookEverywhere(kim, desk(kim.given.Harbour, "/hand-in"), "hand-in");
});

test("a whole city by keys alone, an hour of it without a network and a reload in between", async () => {
  await open(kim, desk(kim.given.Harbour, "/PS01?lang=en"));
  await kim.waitForSelector("[data-offline=ready]");
  const loads = [];
  kim.on("framenavigated", (frame) => frame === kim.mainFrame() && loads.push(frame.url()));
  await press(kim, "1", "n", "3", "0", "n");
  assert.equal(here(kim), "PS03");
  assert.equal(await kim.evaluate(() => document.activeElement.tagName), "H1", "the question is read next");
  const said = await kim.textContent("[data-said]");
  assert.match(said, /0 chosen/);
  for (let n = 0; n < 30; n++) await press(kim, "0", "n");
  await saved(kim);
  assert.equal(Object.keys(await kept(kim, kim.given.Harbour)).length, 32);

  wire.cut();
  await kim.context().setOffline(true);
  for (let n = 0; n < 20; n++) await press(kim, "x", "n");
  await press(kim, "f", "w");
  await kim.keyboard.type("Seen in the menu.");
  await press(kim, "Escape");
  await state(kim, "offline");
  await look(kim, "offline");
  await picture(kim, "offline");
  await kim.reload();
  await kim.waitForSelector("[data-desk][data-ready]");
  assert.match(await kim.textContent("[data-count]"), /52 of 98/);
  assert.match(await kim.inputValue("#note"), /Seen in the menu/);
  for (let n = 0; n < 10; n++) await press(kim, "c", "n");
  await kim.reload();
  await kim.waitForSelector("[data-desk][data-ready]");
  wire.mend();
  await kim.context().setOffline(false);
  await saved(kim);
  const codes = await kept(kim, kim.given.Harbour);
  assert.equal(Object.keys(codes).length, 62, "nothing of it was lost");
  assert.equal(Object.values(codes).filter((code) => code.note === "Seen in the menu." && code.flagged).length, 1);

  while (!/98 of 98/.test(await kim.textContent("[data-count]"))) await press(kim, "u", "a");
  await saved(kim);
  assert.equal(Object.keys(await kept(kim, kim.given.Harbour)).length, 98);
  console.log(`by keys alone: ${kim.pressed} keys for 98 criteria`);
  assert.ok(kim.pressed <= 205, `${kim.pressed} keys`);
});

test("what the machine found comes after the answer, by a key", async () => {
  await open(kim, desk(kim.given.Hill, "/PS01?lang=en"));
  assert.match(await kim.textContent("[data-machine]"), /Shown when you have answered/);
  await press(kim, "1", "m");
  await kim.waitForSelector("#machine");
  await kim.waitForFunction(() => !document.querySelector("[data-machine-ask]"));
  assert.match(await kim.textContent("[data-machine]"), /0 of 1, absent: /);
  await look(kim, "the machine's finding");
});

test("an archived page stands beside the criterion, is pointed to, and is there without a network", async () => {
  await open(kim, desk(kim.given.Hill, "/PS02?lang=en"));
  await kim.waitForSelector("[data-offline=ready]");
  await press(kim, "s");
  assert.match(await kim.textContent("[data-said]"), /Open an archived page first/);
  await kim.fill("[data-find]", "your data");
  assert.equal(await kim.locator("[data-found] li").count(), 1);
  await framed(kim, () => kim.click("[data-found] a"));
  await kim.evaluate(() => document.activeElement.blur());
  await press(kim, "s", "1");
  assert.match(await kim.inputValue("#cited"), /\/privacy$/);
  await saved(kim);
  assert.match((await kept(kim, kim.given.Hill)).PS02.cited[0], /\/privacy$/);
  await picture(kim, "archive");
  // Axe runs in every frame, and nothing runs in this one.
  await kim.evaluate(() => {
    const frame = document.querySelector("[data-kept] iframe");
    frame.removeAttribute("sandbox");
    frame.src = "about:blank";
  });
  await look(kim, "an archived page");
  await kim.waitForFunction(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("desk-"));
    const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
    return kept.flat().some((url) => url.includes("/survey/archive/") && url.includes("privacy"));
  });
  wire.cut();
  await kim.context().setOffline(true);
  await kim.fill("[data-find]", "");
  await framed(kim, () => kim.click("[data-found] a >> text=Your data"));
  await kim.click("[data-found] a >> text=The budget");
  await kim.waitForFunction(() => /not opened before/.test(document.querySelector("[data-said]").textContent));
  wire.mend();
  await kim.context().setOffline(false);
});

test("the keys are listed, a criterion is found, and single keys can be turned off", async () => {
  await open(kim, desk(kim.given.Hill, "/PS01?lang=en"));
  await press(kim, "?");
  await look(kim, "keys");
  await picture(kim, "keys");
  await kim.uncheck("[data-keys]");
  await kim.keyboard.press("Escape");
  await kim.keyboard.press("n");
  assert.equal(here(kim), "PS01");
  await kim.click('[data-show="keys"]');
  await kim.check("[data-keys]");
  await kim.keyboard.press("Escape");
  await press(kim, "/");
  await kim.keyboard.type("US14");
  await look(kim, "find a criterion");
  await kim.keyboard.press("Enter");
  assert.equal(here(kim), "US14");
});

test("a note and a flag reach the site before there is an answer, and the answer takes them over", async () => {
  await open(kim, desk(kim.given.Hill, "/PS09?lang=en"));
  await press(kim, "f", "w");
  await kim.keyboard.type("Look again in the evening.");
  await press(kim, "Escape");
  await saved(kim);
  const noted = (await kept(kim, kim.given.Hill)).PS09;
  assert.deepEqual([noted.state, noted.note, noted.flagged], ["", "Look again in the evening.", true]);
  await open(kim, desk(kim.given.Hill, "/PS09?lang=en"));
  assert.match(await kim.inputValue("#note"), /in the evening/);
  await press(kim, "1");
  await saved(kim);
  const answered = (await kept(kim, kim.given.Hill)).PS09;
  assert.deepEqual([answered.state, answered.value, answered.note], ["found", 1, "Look again in the evening."]);
});

test("the same answer from two devices is asked about, others merge", async () => {
  const context = await browser.newContext({ storageState: await kim.context().storageState() });
  const second = await openPage(context);
  second.pressed = 0;
  await open(second, desk(kim.given.Hill, "/PS05?lang=en"));
  await open(kim, desk(kim.given.Hill, "/PS05?lang=en"));
  await context.setOffline(true);
  await press(second, "1", "n", "1");
  await state(second, "offline");
  // The first device is quicker with one of the two.
  await press(kim, "0");
  await saved(kim);
  await context.setOffline(false);
  await press(second, "p");
  await second.waitForSelector('[data-act="mine"]');
  assert.match(await second.textContent("[data-trouble]"), /Kept there: 0[\s\S]*Yours on this page: 1/);
  await look(second, "two answers");
  await picture(second, "conflict");
  await second.click('[data-act="mine"]');
  await saved(second);
  const codes = await kept(kim, kim.given.Hill);
  assert.deepEqual([codes.PS05.value, codes.PS06.value], [1, 1]);
  await context.close();
});

test("a city on a phone: some criteria without scripts, the others by touch", async () => {
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false, storageState: await lee.context().storageState() });
  const plain = await openPage(context);
  await plain.goto(desk(lee.given.River, "?lang=ko"));
  await plain.click("main .ds-button");
  let taps = 1;
  for (let n = 0; n < 12; n++) {
    await plain.check('[name=answer][value="not_found"]');
    await plain.click('button[name=go][value="next"]');
    taps += 2;
  }
  assert.equal(here(plain), "PS13");
  await plain.click('button[name=go][value="next"]');
  assert.match(await main(plain), /답을 고르십시오/);
  assert.deepEqual(plain.troubles.filter((line) => !/422/.test(line)), []);
  await context.close();

  await open(lee, desk(lee.given.River, "/PS13?lang=ko"));
  await look(lee, "a phone");
  await picture(lee, "phone");
  while (true) {
    await lee.locator("[name=answer]").last().check();
    taps += 1;
    if (here(lee) === "EN20" || !(await lee.locator("[rel=next]").count())) break;
    await lee.click('button[name=go][value="next"]');
    taps += 1;
  }
  await saved(lee);
  assert.equal(Object.keys(await kept(lee, lee.given.River)).length, 98);
  console.log(`on a phone: ${taps} taps for 98 criteria`);
  assert.ok(taps <= 200, `${taps} taps`);
});

test("cities are handed in and closed; a session's end loses nothing; signing out leaves nothing behind", async () => {
  await open(kim, desk(kim.given.Hill, "/PS04?lang=en"));
  while (!/98 of 98/.test(await kim.textContent("[data-count]"))) await press(kim, "u", "a");
  await saved(kim);
  for (const [page, assignment] of [[kim, kim.given.Harbour], [kim, kim.given.Hill], [lee, lee.given.River]]) {
    await page.goto(desk(assignment, "/hand-in?lang=en"));
    assert.match(await main(page), /98 of 98 answered/);
    await page.click(`form[action="/survey/desk/${assignment}/hand-in"] button`);
    await page.waitForURL("**/survey/desk?done=handed-in");
  }
  await kim.goto(desk(kim.given.Hill, "/PS01?lang=en"));
  assert.match(await main(kim), /This city is handed in/);

  await open(lee, desk(lee.given.Harbour, "/PS01?lang=en"));
  await lee.waitForSelector("[data-offline=ready]");
  const cookies = await lee.context().cookies();
  await lee.context().clearCookies({ name: "session" });
  await lee.locator("[name=answer]").first().check();
  await state(lee, "signIn");
  assert.match(await lee.textContent("[data-trouble]"), /nothing is lost/);
  await lee.context().addCookies(cookies);
  await open(lee, desk(lee.given.Harbour, "/PS01?lang=en"));
  await saved(lee);
  assert.equal(Object.keys(await kept(lee, lee.given.Harbour)).length, 1);

  await signOut(lee);
  assert.deepEqual(await left(lee), [[], []]);
});

/** What stays in a browser: names in its storage, caches of desks. */
const left = (page) =>
  page.evaluate(async () => [Object.keys(localStorage), (await caches.keys()).filter((name) => name.startsWith("desk-"))]);

test("answers that the site could not take wait for their owner on a shared device, and for nobody else", async () => {
  await byPasskey(lee);
  await open(lee, desk(lee.given.Harbour, "/PS02?lang=en"));
  await lee.waitForSelector("[data-offline=ready]");
  await lee.context().route("**/codes", (route) => route.abort());
  await lee.locator("[name=answer]").first().check();
  await state(lee, "waiting");
  await lee.click('form[action="/sign-out"] button');
  await lee.waitForFunction(() => /wait in this browser until you sign in here again/.test(document.querySelector("[data-trouble]").textContent));
  await look(lee, "leaving with an answer that waits");
  await signOut(lee);
  const [names, kept_] = await left(lee);
  assert.deepEqual([names.length, kept_], [1, []], names.join());

  // Somebody else comes, sees nothing of it, goes, and is not asked about it.
  await register(lee, city, site, { name: "Park Next", email: "next@people.example" });
  assert.equal((await lee.goto(desk(lee.given.Harbour, "/PS02"))).status(), 403);
  assert.doesNotMatch(await main(lee), /Harbour/);
  await signOut(lee);
  assert.deepEqual((await left(lee))[0], names);

  await lee.context().unroute("**/codes");
  await byPasskey(lee);
  await open(lee, desk(lee.given.Harbour, "/PS03?lang=en"));
  await saved(lee);
  assert.ok((await kept(lee, lee.given.Harbour)).PS02, "it is sent once its owner is back");
  assert.deepEqual((await left(lee))[0], []);
});

/** Signs in with the key that was made at the beginning. */
async function byPasskey(page) {
  await page.goto(`${site}/sign-in?back=/survey/desk&lang=en`);
  await page.click("form[data-passkey] button");
  await arrive(page, "/survey/desk");
}
