// What staff do about people: the first administrator, departments and roles, a record with a reason that the person sees,
// help at the counter, a confirmed resident. Every desk as four readers see it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "../browser.mjs";
import { openCity } from "../city.mjs";
import { look, lookAround } from "../look.mjs";
import { administrator, arrive, letterTo, register, setUpApp } from "../people.mjs";

let city, site, browser, kim, choi, lee;
const KIM = { name: "Kim Administrator", email: "kim@city.example" };
const CHOI = { name: "Choi Clerk", email: "choi@city.example" };
const LEE = { name: "Lee Jiwoo", email: "lee@people.example" };

before(async () => {
  city = await openCity();
  site = city.address;
  browser = await openBrowser();
  const person = async () => openPage(await browser.newContext({ viewport: { width: 1280, height: 900 } }));
  [kim, choi, lee] = [await person(), await person(), await person()];
});
after(async () => {
  await browser?.close();
  await city?.close();
  assert.deepEqual(city.complaints(), [], "the log stayed clean");
  const expected = (line) => /\b(422|403)\b/.test(line);
  assert.deepEqual([kim, choi, lee].flatMap((page) => page.troubles).filter((line) => !expected(line)), []);
});

const main = (page) => page.textContent("main");
const press = (page, action) => page.click(`form[action="${action}"] button[type=submit]`);

test("the administrator of the machine's making sets up a second factor and makes a department", async () => {
  await administrator(kim, city, site, KIM);
  await kim.goto(`${site}/people?lang=en`);
  await setUpApp(kim);
  await lookAround(kim, `${site}/people`);
  await kim.goto(`${site}/people/departments?lang=en`);
  await press(kim, "/people/departments");
  await look(kim, "a department without names");
  assert.match(await main(kim), /name/);
  await kim.fill("#en", "Housing");
  await kim.fill("#ko", "주택과");
  await press(kim, "/people/departments");
  await kim.waitForSelector("table >> text=주택과");
  await lookAround(kim, `${site}/people/departments`);
  const change = await kim.locator('main a[href^="/people/departments/dp_"]').getAttribute("href");
  await lookAround(kim, site + change, "/people/departments/one");
});

test("a role counts at once, is told by letter, and opens nothing before a second factor", async () => {
  await register(choi, city, site, CHOI);
  await kim.goto(`${site}/people/roles?lang=en`);
  await kim.fill("#who", CHOI.email);
  await kim.selectOption("#role", "clerk");
  await press(kim, "/people/roles");
  await look(kim, "a clerk without a department");
  assert.match(await main(kim), /A clerk needs an open department/);
  await kim.selectOption("#department", { label: "Housing" });
  await press(kim, "/people/roles");
  await kim.waitForURL("**/people/roles?done=given");
  await letterTo(city, CHOI.email, /You have a new role/);
  await lookAround(kim, `${site}/people/roles`);
  await choi.goto(`${site}/people/find?lang=en`);
  await setUpApp(choi);
  const roles = await choi.goto(`${site}/people/roles`);
  assert.equal(roles.status(), 403, "a clerk gives no roles");
});

test("a record opens with a reason, and the person sees who looked and why", async () => {
  await register(lee, city, site, LEE);
  await lookAround(choi, `${site}/people/find`);
  await choi.fill("#who", "lee");
  await press(choi, "/people/find");
  await look(choi, "nobody found");
  await choi.fill("#who", LEE.email);
  await press(choi, "/people/find");
  await choi.waitForURL("**/people/ac_*");
  const record = choi.url().split("?")[0];
  assert.ok(!(await main(choi)).includes(LEE.name), "nothing of the person before a reason");
  await lookAround(choi, record, "/people/closed record");
  await choi.fill('form[action$="/record"] input[name=reason]', "A call about the rent");
  await choi.click('form[action$="/record"] button[type=submit]');
  await choi.waitForSelector(`main >> text=${LEE.email}`);
  await lookAround(choi, record, "/people/open record");
  await lee.goto(`${site}/account/data?lang=en`);
  assert.match(await main(lee), /Choi Clerk, clerk, Housing[\s\S]*A call about the rent/);
  await lookAround(kim, record, "/people/record of the administrator");
});

test("at the counter the clerk acts for who is present, after the code from their letter", async () => {
  await lookAround(choi, `${site}/people/counter`);
  await choi.fill("#who", LEE.email);
  await choi.fill("#note", "An application for housing");
  await press(choi, "/people/counter");
  await arrive(choi, "/people/counter/code");
  await look(choi, "the code of the counter");
  const letter = await letterTo(city, LEE.email, /[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await choi.fill("#code", letter.match(/^Subject: .* (\S{4}-\S{4})\r?$/m)[1]);
  await press(choi, "/people/counter/code");
  await arrive(choi, "/account");
  assert.match(await choi.textContent("body"), /You are acting for Lee Jiwoo/);
  await lee.goto(`${site}/account/acting?lang=en`);
  assert.match(await main(lee), /Choi Clerk[\s\S]*helper at a counter/);
  await press(choi, "/account/acting/stop");
  await arrive(choi, "/account/acting");
});

test("a clerk confirms a resident with a reason", async () => {
  await lee.goto(`${site}/account/residence/ask?way=clerk&lang=en`);
  await lee.fill("#name", "Lee Jiwoo");
  await lee.fill("#address", "1 Well Lane\n04524 Seoul");
  await lee.fill("#identifier", "M 123-4567");
  await press(lee, "/account/residence/ask");
  await lee.waitForURL((url) => url.pathname === "/account/residence");
  await lookAround(choi, `${site}/people/residence`);
  const request = await choi.locator('main a[href^="/people/residence/"]').getAttribute("href");
  await lookAround(choi, site + request, "/people/residence/one");
  assert.match(await main(choi), /1 Well Lane/);
  await press(choi, `${request}/decide`);
  await look(choi, "a decision without a reason");
  await choi.check('input[name=decision][value="grant"]');
  await choi.fill("#identifier", "M1234567");
  await choi.fill("#reason", "Saw the registration card");
  await press(choi, `${request}/decide`);
  await choi.waitForURL("**/people/residence?done=granted");
  await letterTo(city, LEE.email, /known resident/i);
});

test("a taken role is gone with the next request, one press brings it back, and the trail knows", async () => {
  await kim.goto(`${site}/people/roles?lang=en`);
  await kim.locator("tr", { hasText: CHOI.name }).locator("button").click();
  await kim.waitForURL("**/people/roles?done=taken**");
  assert.equal((await choi.goto(`${site}/people/find`)).status(), 403);
  await look(kim, "a role was taken");
  await kim.click("main .ds-alert button");
  await kim.waitForURL("**/people/roles?done=given");
  assert.equal((await choi.goto(`${site}/people/find`)).status(), 200);
  // An entry is tied to the chain within a second or two.
  await kim.waitForTimeout(2500);
  await lookAround(kim, `${site}/people/audit`);
  assert.match(await main(kim), /The chain holds[\s\S]*role\.taken[\s\S]*role\.given/);
});
