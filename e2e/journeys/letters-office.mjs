// The letters office: a service with its key, a template in two languages, a trial to oneself, and how letters fare.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "../browser.mjs";
import { openCity } from "../city.mjs";
import { look, lookAround } from "../look.mjs";
import { administrator, letterTo, setUpApp } from "../people.mjs";

let city, site, browser, page, service;
const KIM = { name: "Kim Administrator", email: "kim@city.example" };

before(async () => {
  city = await openCity();
  site = city.address;
  browser = await openBrowser();
  page = await openPage(await browser.newContext({ viewport: { width: 1280, height: 900 } }));
  await administrator(page, city, site, KIM);
  await page.goto(`${site}/letters-office?lang=en`);
  await setUpApp(page);
});
after(async () => {
  await browser?.close();
  await city?.close();
  assert.deepEqual(city.complaints(), [], "the log stayed clean");
  assert.deepEqual(page.troubles.filter((line) => !/\b422\b/.test(line)), []);
});

const main = () => page.textContent("main");
const press = (action) => page.click(`form[action="${action}"] button[type=submit]`);

test("a service of the city gets a key, shown once", async () => {
  await lookAround(page, `${site}/letters-office`);
  await lookAround(page, `${site}/letters-office/services`);
  await page.fill("#name", "Rent office");
  await press("/letters-office/services");
  await page.waitForURL("**/letters-office/services/se_*");
  service = new URL(page.url()).pathname;
  await page.fill("#key_name", "Billing");
  await page.check('input[name=kind][value="live"]');
  await press(`${service}/keys`);
  await look(page, "a new key");
  const key = (await main()).match(/Billing-[0-9a-f-]{73}/)[0];
  await lookAround(page, site + service, "/letters-office/service");
  assert.ok(!(await main()).includes(key.slice(-36)), "shown once");
});

test("a template is written in two languages, tried on oneself, and keeps its versions", async () => {
  await lookAround(page, `${site}${service}/templates/new`, "/letters-office/template new");
  await page.check('input[name=kind][value="email"]');
  await press(`${service}/templates/new`);
  await look(page, "a template without words");
  await page.fill("#name", "Reminder");
  await page.fill("#subject_en", "Your rent, ((name))");
  await page.fill("#body_en", "Dear ((name)),\n\nyour rent is due on ((day)).");
  await page.fill("#subject_ko", "((name))님 임대료 안내");
  await page.fill("#body_ko", "((name))님, 임대료를 ((day))까지 내 주세요.");
  await press(`${service}/templates/new`);
  await page.waitForURL(`**${service}/templates/lt_*`);
  const template = new URL(page.url()).pathname;
  assert.match(await main(), /name, day/);
  await page.selectOption("#language", "ko");
  await press(`${template}/try`);
  await letterTo(city, KIM.email, /=\?utf-8\?|임대료/i);
  await page.goto(`${site}${template}?lang=en`);
  await page.fill("#subject_en", "Your rent is due, ((name))");
  await press(template);
  await page.waitForURL(`**${template}`);
  await lookAround(page, site + template, "/letters-office/template");
  const versions = await page.locator("table").last().textContent();
  assert.match(versions, /Your rent, \(\(name\)\)[\s\S]*|Your rent is due/);
});

test("the overview counts what was sent and names nobody", async () => {
  await lookAround(page, `${site}/letters-office`, "/letters-office/with letters");
  assert.ok(!(await main()).includes(KIM.email));
});
