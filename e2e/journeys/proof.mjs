// A stranger's form: the browser works for it while the person types; without scripts waiting pays; nothing typed is lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openBrowser, openPage } from "../browser.mjs";
import { openCity } from "../city.mjs";

let city, browser;
before(async () => {
  city = await openCity();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await city?.close();
  assert.deepEqual(city.complaints(), [], "nothing here is worth waking an operator");
});

async function register(options = {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await openPage(context);
  await page.goto(`${city.address}/register`);
  return { context, page };
}

test("the proof is found beside the page while the person types, and the form goes through", async () => {
  const { context, page } = await register();
  await page.fill("#email", "worker@people.example");
  await page.waitForFunction(() => document.querySelector('[name="proof-answer"]').value !== "");
  assert.equal(await page.locator("#proof progress").isVisible(), false, "who did not wait saw nothing of it");
  await page.click("main form [type=submit]");
  await page.waitForURL(/\/register\/confirm/);
  assert.deepEqual(page.troubles, []);
  await context.close();
});

test("who sends the form sooner sees how far it is, and it goes off by itself", async () => {
  const { context, page } = await register();
  // The work begins with the first touch; this person is faster than any.
  const shown = await page.evaluate(() => {
    document.querySelector("#email").value = "fast@people.example";
    document.querySelector("main form").requestSubmit();
    const box = document.querySelector("#proof");
    return { status: box.querySelector("[role=status]").textContent, bar: box.querySelector("progress").checkVisibility() };
  });
  assert.match(shown.status, /few seconds/);
  assert.equal(shown.bar, true);
  await page.waitForURL(/\/register\/confirm/);
  assert.deepEqual(page.troubles, []);
  await context.close();
});

test("the page stays awake while the work is done", async () => {
  const { context, page } = await register();
  await page.focus("#email");
  const longest = await page.evaluate(async () => {
    let longest = 0;
    let last = performance.now();
    while (document.querySelector('[name="proof-answer"]').value === "") {
      await new Promise((resolve) => setTimeout(resolve, 0));
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    return longest;
  });
  assert.ok(longest < 500, `the page stood still for ${longest} ms`);
  await context.close();
});

test("without scripts the form says when it may be sent, keeps what was typed, and is then taken", async () => {
  const { context, page } = await register({ javaScriptEnabled: false });
  assert.match(await page.locator("#proof").innerText(), /20 seconds after the page opened/);
  await page.fill("#email", "patient@people.example");
  await page.click("main form [type=submit]");
  const summary = page.locator("main [role=alert]");
  assert.match(await summary.innerText(), /Press the button again in \d+ seconds/);
  assert.equal(await page.inputValue("#email"), "patient@people.example");
  const seconds = Number((await summary.innerText()).match(/in (\d+) seconds/)[1]);
  await pause(seconds * 1000 + 200);
  await page.click("main form [type=submit]");
  await page.waitForURL(/\/register\/confirm/);
  await context.close();
});

test("a form that was sent already is not taken twice", async () => {
  const { context, page } = await register();
  await page.fill("#email", "twice@people.example");
  await page.waitForFunction(() => document.querySelector('[name="proof-answer"]').value !== "");
  const fields = await page.evaluate(() => [...new FormData(document.querySelector("main form"))]);
  const send = () =>
    fetch(`${city.address}/register`, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin" },
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
  assert.equal((await send()).status, 303);
  const again = await send();
  assert.equal(again.status, 422);
  assert.match(await again.text(), /was sent already/);
  await context.close();
});
