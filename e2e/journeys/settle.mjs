// Two readers differ: a third is called, an adjudicator settles by keys, the city gets a slip, replies without scripts and
// is answered; a question to the city is noted.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openBrowser, openPage } from "../browser.mjs";
import { openCity } from "../city.mjs";
import { look, lookAt } from "../look.mjs";
import { arrive, letterTo, register, registerWithPasskey } from "../people.mjs";

const KIM = { name: "Kim Minsu", email: "kim@people.example" };
const CHO = { name: "Cho Hana", email: "cho@people.example" };
const OFFICE = "/survey/office/spring";
// Pictures for people: SETTLE_PICTURES=folder.
const PICTURES = process.env.SETTLE_PICTURES;

let city, site, browser, kim, guest;

before(async () => {
  city = await openCity();
  site = city.address.replace("127.0.0.1", "localhost");
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const cho = await openPage(await browser.newContext());
  await register(cho, city, site, CHO);
  kim = await openPage(context);
  await registerWithPasskey(kim, city, site, KIM);
  elsewhere("open", city.address, KIM.name, CHO.name);
  // A session knows of a new role a moment later.
  while (!(await kim.request.get(`${site}${OFFICE}/differences`)).ok()) await pause(200);
  guest = await openPage(await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } }));
});

after(async () => {
  await browser?.close();
  await city?.close();
  assert.deepEqual(city.complaints(), [], "the log stayed clean");
  const expected = (line) => /\b422\b/.test(line);
  assert.deepEqual([...kim.troubles, ...guest.troubles].filter((line) => !expected(line)), []);
});

/** What others do meanwhile. */
function elsewhere(...words) {
  const script = path.join(import.meta.dirname, "../settle.py");
  execFileSync("python3", [script, path.join(city.folder, "madang.sqlite"), ...words], { stdio: ["ignore", "inherit", "inherit"] });
}

const main = (page) => page.textContent("main");
const press = (page, action) => page.click(`form[action="${action}"] button[type=submit]`);

async function picture(page, name) {
  if (!PICTURES) return;
  for (const [width, height] of [[1280, 900], [360, 740]]) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: path.join(PICTURES, `${name}-${width}.png`), fullPage: width === 360 ? false : true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

test("the totals differ, and a third reader is called by one button", async () => {
  await lookAt(kim, `${site}${OFFICE}/differences`);
  assert.match(await main(kim), /Haneul[\s\S]*third reader needed/);
  await picture(kim, "differences");
  await lookAt(kim, `${site}${OFFICE}/differences/haneul`);
  await picture(kim, "third");
  await kim.goto(`${site}${OFFICE}/differences?lang=en`);
  await kim.click("text=Call Cho Hana for Haneul");
  await arrive(kim, `${OFFICE}/differences`);
  assert.match(await main(kim), /The third reader was called/);
  await letterTo(city, CHO.email, /A city to read: Haneul/);
});

test("an adjudicator settles criterion by criterion with keys alone, and undoes", async () => {
  elsewhere("third");
  await lookAt(kim, `${site}${OFFICE}/settle/haneul`);
  assert.match(await main(kim), /12 criteria to decide on, 12 open/);
  await picture(kim, "settle-list");
  await lookAt(kim, `${site}${OFFICE}/settle/haneul/PS02`);
  await picture(kim, "settle");
  await kim.click("form button:has-text('Settle and go on')");
  await look(kim, "nothing was chosen");
  assert.match(await main(kim), /Choose an answer/);
  await kim.goto(`${site}${OFFICE}/settle/haneul?lang=en`);
  await kim.click("text=Settle the first open criterion");
  for (let place = 0; place < 12; place++) {
    const before = kim.url();
    await kim.focus("#answer-0");
    await kim.keyboard.press("Space");
    await kim.keyboard.press("Tab");
    await kim.keyboard.type("It is on the page that reader A points to.");
    await kim.keyboard.press("Tab");
    await kim.keyboard.press("Enter");
    await kim.waitForURL((url) => url.href !== before);
    if (place === 2) {
      const there = kim.url();
      await kim.click("text=Undo");
      await arrive(kim, `${OFFICE}/settle/haneul/PS03`);
      assert.match(await main(kim), /Everything that was decided here/);
      await look(kim, "taken back");
      await kim.goto(there);
    }
  }
  await kim.goto(`${site}${OFFICE}/settle/haneul?lang=en`);
  assert.match(await main(kim), /12 criteria to decide on, 1 open/);
  await kim.click("text=Settle the first open criterion");
  await kim.check("#answer-0");
  await kim.fill("#reason", "It is there after all.");
  await kim.click("form button:has-text('Settle and go on')");
  await arrive(kim, `${OFFICE}/settle/haneul`);
  assert.match(await main(kim), /No criterion of this city is open/);
});

test("the city opens its sheet with a slip, without scripts, and replies", async () => {
  elsewhere("replying");
  await lookAt(kim, `${site}${OFFICE}/replies`);
  await press(kim, `${OFFICE}/replies/haneul/slip`);
  await look(kim, "slip");
  await picture(kim, "slip");
  const [address, reference, pin] = await kim.locator("main dl dd").allTextContents();
  assert.match(address, /\/survey\/reply\/rc_journey$/);
  await guest.goto(`${site}/survey/reply/rc_journey?lang=en`);
  await guest.fill("#reference", reference);
  await guest.fill("#pin", pin === "000000" ? "000001" : "000000");
  await press(guest, "/survey/reply/rc_journey");
  assert.match(await main(guest), /There is no sheet here/);
  await guest.fill("#pin", pin);
  await press(guest, "/survey/reply/rc_journey");
  await arrive(guest, "/survey/reply/rc_journey");
  assert.match(await main(guest), /It is on the page that reader A points to/);
  const seen = await openPage(await browser.newContext({ viewport: { width: 1280, height: 900 }, storageState: await guest.context().storageState() }));
  await lookAt(seen, `${site}/survey/reply/rc_journey`);
  await picture(seen, "sheet");
  await lookAt(seen, `${site}/survey/reply/rc_journey/PS01`);
  await picture(seen, "reply");
  await seen.close();
  await lookAt(kim, `${site}/survey/reply/rc_journey`);
  await picture(kim, "door");
  await guest.goto(`${site}/survey/reply/rc_journey/PS01?lang=en`);
  await guest.fill("#words", "too short");
  await press(guest, "/survey/reply/rc_journey/PS01");
  assert.match(await main(guest), /Write 10 to 4000 characters/);
  await guest.fill("#words", "The notice was on each page already in spring. <b>See there</b>.");
  await guest.fill("#evidence", "https://haneul.example/privacy");
  await press(guest, "/survey/reply/rc_journey/PS01");
  await arrive(guest, "/survey/reply/rc_journey");
  assert.match(await main(guest), /Your reply is kept/);
});

test("the reply is answered, and the city reads why", async () => {
  await kim.goto(`${site}${OFFICE}/replies?lang=en`);
  await lookAt(kim, `${site}${OFFICE}/replies`);
  await picture(kim, "replies");
  await kim.click("main a:has-text('PS01')");
  await look(kim, "a reply to answer");
  await picture(kim, "answer");
  assert.match(await main(kim), /<b>See there<\/b>/);
  await kim.check("text=Change to: absent");
  await kim.fill("#reason", "The page is newer than the capture.");
  await kim.click("text=Send the answer");
  await arrive(kim, `${OFFICE}/replies`);
  await guest.goto(`${site}/survey/reply/rc_journey/PS01?lang=en`);
  assert.match(await main(guest), /Answer changed[\s\S]*The page is newer than the capture/);
});

test("a question to the city is noted with its mark", async () => {
  await lookAt(kim, `${site}${OFFICE}/probes`);
  await kim.click("text=Ask Haneul");
  await lookAt(kim, kim.url());
  await picture(kim, "question");
  await kim.check('input[name=way][value="mail"]');
  await kim.click("button:has-text('It was sent')");
  await arrive(kim, `${OFFICE}/probes`);
  await kim.click("main table a:has-text('SV20')");
  await look(kim, "one question");
  await picture(kim, "probe");
  assert.match(await main(kim), /Correct the times/);
});
