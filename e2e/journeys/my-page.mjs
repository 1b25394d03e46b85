// My page and what hangs on it, by two people: a guest's act joined later, acting for each other, everything taken away,
// leaving and thinking again. The second half of it without scripts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "../browser.mjs";
import { openCity } from "../city.mjs";
import { look, lookAt } from "../look.mjs";
import { letterTo, register } from "../people.mjs";

let city, site, browser, kim, lee;
const KIM = { name: "Kim Minsu", email: "kim@people.example" };
const LEE = { name: "Lee Jiwoo", email: "lee@people.example" };

before(async () => {
  city = await openCity();
  site = city.address;
  browser = await openBrowser();
  kim = await openPage(await browser.newContext({ viewport: { width: 1280, height: 900 } }));
  lee = await openPage(await browser.newContext({ viewport: { width: 1280, height: 900 } }));
});
after(async () => {
  await browser?.close();
  await city?.close();
  assert.deepEqual(city.complaints(), [], "the log stayed clean");
  const expected = (line) => /\b(422|403)\b/.test(line);
  assert.deepEqual([...kim.troubles, ...lee.troubles].filter((line) => !expected(line)), []);
});

const press = (page, action) => page.click(`form[action="${action}"] button[type=submit]`);
const main = (page) => page.textContent("main");

/** A sheet that scores the whole instrument. */
async function sheet() {
  const text = await (await fetch(`${site}/survey/instruments/madang-2026/sheet.csv`)).text();
  const [head, ...rows] = text.trim().split("\n");
  return [head, ...rows.map((row) => `${row.split(",")[0]},,not_assessable`)].join("\n");
}

async function keepSheet(page) {
  await page.goto(`${site}/survey/score?lang=en`);
  await page.fill("#sheet", await sheet());
  await press(page, "/survey/score");
  await page.waitForURL("**/survey/scorecards/**");
}

test("a guest gets a reference and a PIN, once, and finds the case again", async () => {
  await keepSheet(lee);
  await look(lee, "scorecard with slip");
  const [reference, pin] = await lee.locator("main .ds-alert dd").allTextContents();
  assert.match(reference, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/);
  assert.match(pin, /^\d{6}$/);
  await lee.reload();
  assert.ok(!(await main(lee)).includes(pin), "shown once");
  await lookAt(lee, `${site}/follow`);
  await lee.fill("#reference", reference);
  await lee.fill("#pin", "000000");
  await press(lee, "/follow");
  await look(lee, "a wrong PIN");
  assert.match(await main(lee), /There is nothing with this reference and PIN/);
  await register(lee, city, site, LEE);
  await lee.goto(`${site}/follow?lang=en`);
  await lee.fill("#reference", reference.toLowerCase());
  await lee.fill("#pin", pin);
  await press(lee, "/follow");
  await look(lee, "found again");
  await press(lee, "/follow/join");
  await lee.waitForURL("**/account?done=joined");
  assert.match(await main(lee), /It is on your page now[\s\S]*Scorecard/);
});

test("every page about oneself is clean in both languages and on a phone", async () => {
  await register(kim, city, site, KIM);
  const pages = ["", "/details", "/letters", "/data", "/acting", "/acting/ask", "/acting/organisation", "/residence"];
  for (const page of [...pages, "/residence/ask?way=clerk", "/residence/ask?way=post"]) {
    await lookAt(kim, `${site}/account${page}`);
  }
});

test("who was asked agrees, the other acts, and it is seen and ended", async () => {
  await kim.goto(`${site}/account/acting/ask?lang=en`);
  await kim.check('input[name=side][value="agent"]');
  await kim.fill("#email", LEE.email);
  await kim.fill("#note", "Housing");
  await press(kim, "/account/acting/ask");
  await kim.waitForURL("**/account/acting?done=asked");
  await look(kim, "a request that waits");
  await letterTo(city, LEE.email, /asks you something/);
  await lee.goto(`${site}/account?lang=en`);
  await lee.click("text=1 request to answer");
  await look(lee, "a request to answer");
  await press(lee, "/account/acting/agree");
  await lee.waitForURL("**/account/acting?done=agreed");
  await kim.goto(`${site}/account/acting?lang=en`);
  await press(kim, "/account/acting/begin");
  await kim.waitForURL("**/account");
  assert.match(await kim.textContent("body"), /You act for Lee Jiwoo/);
  await look(kim, "my page while acting");
  await lookAt(kim, `${site}/account/acting`);
  const refused = await kim.goto(`${site}/account/data?lang=en`);
  assert.equal(refused.status(), 403);
  await keepSheet(kim);
  await lee.goto(`${site}/account/acting?lang=en`);
  assert.match(await main(lee), /Kim Minsu\s*Began to act for you/);
  assert.match(await main(lee), /Had a sheet scored/);
  await look(lee, "what was done for me");
  await press(lee, "/account/acting/end");
  await lee.waitForURL("**/account/acting?done=ended");
  await kim.goto(`${site}/account?lang=en`);
  assert.match(await main(kim), /Hello Kim Minsu/);
});

test("without scripts: a letter is read, everything is taken away, leaving is asked for and taken back", async () => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
    storageState: await lee.context().storageState(),
  });
  const page = await openPage(context);
  await page.goto(`${site}/account/letters?lang=en`);
  await page.click("text=Kim Minsu asks you something");
  assert.match(await main(page), /asks to act for you/);
  await page.goto(`${site}/account/data?lang=en`);
  const [archive] = await Promise.all([page.waitForEvent("download"), press(page, "/account/data/export")]);
  assert.match(archive.suggestedFilename(), /^my-data-\d{4}-\d{2}-\d{2}\.zip$/);
  await page.click("summary:has-text('I want to delete my account')");
  await page.fill("#sign", LEE.email);
  await press(page, "/account/data/leave");
  assert.match(await main(page), /Your account will be deleted on/);
  await page.goto(`${site}/account?lang=ko`);
  assert.match(await main(page), /계정이 지워져요/);
  await press(page, "/account/data/stay");
  assert.match(await main(page), /계정을 그대로 두었어요/);
  assert.deepEqual(page.troubles, []);
  await context.close();
});

test("a new address is confirmed with the code that came there", async () => {
  await kim.goto(`${site}/account/details?lang=en`);
  await kim.fill("#email", "minsu@people.example");
  await kim.click('form[action="/account/details/contact"]:has(#email) button[type=submit]');
  await kim.waitForURL("**/account/details/confirm**");
  await look(kim, "code of a new address");
  const letter = await letterTo(city, "minsu@people.example", /^Your code: /);
  await kim.fill("#code", letter.match(/^Subject: Your code: (\S+)/m)[1]);
  await press(kim, "/account/details/confirm");
  await kim.waitForURL("**/account?done=changed");
  assert.match(await main(kim), /minsu@people\.example/);
  await letterTo(city, KIM.email, /Your contact was changed/);
});
