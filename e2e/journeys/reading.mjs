// A reader's ways through the portal: without scripts, by keyboard, in three languages, offline, on a slow line.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
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
  assert.deepEqual(city.complaints(), [], "the log stayed clean");
});

test("without scripts a reader finds the league of 2011-12 and Seoul's scores", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await openPage(context);
  await page.goto(city.address);
  await page.goto(`${city.address}/survey/league/2011-12`);
  const first = await page.locator("table tbody tr").first().innerText();
  assert.match(first, /Seoul/);
  assert.match(first, /82\.23/);
  await page.getByRole("link", { name: "Seoul" }).first().click();
  assert.match(page.url(), /\/survey\/cities\/seoul/);
  assert.match(await page.locator("main").innerText(), /87\.74/);
  await context.close();
});

test("without scripts the search answers in English and in Korean", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await openPage(context);
  await page.goto(`${city.address}/?lang=en`);
  const field = page.locator("input[type=search]").first();
  await field.fill("privacy");
  await field.press("Enter");
  assert.match(page.url(), /\/search\?/);
  assert.ok((await page.locator("main a[href*='/survey/']").count()) > 0, "criteria are found");
  await page.goto(`${city.address}/search?q=%EA%B0%9C%EC%9D%B8%EC%A0%95%EB%B3%B4&lang=ko`);
  assert.ok((await page.locator("main a[href*='/survey/']").count()) > 0, "Korean words are found");
  await context.close();
});

test("the language switch stays on the page and Arabic runs from right to left", async () => {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await openPage(context);
  await page.goto(`${city.address}/survey/league/2011-12`);
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.getByRole("link", { name: "한국어" }).first().click();
  assert.match(page.url(), /\/survey\/league\/2011-12/);
  assert.equal(await page.locator("html").getAttribute("lang"), "ko");
  await page.goto(`${city.address}/survey`);
  assert.equal(await page.locator("html").getAttribute("lang"), "ko", "the choice is remembered");
  await page.goto(`${city.address}/?lang=ar`);
  assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
  await context.close();
});

test("by keyboard the first stop is the link that skips to the content", async () => {
  const context = await browser.newContext();
  const page = await openPage(context);
  await page.goto(`${city.address}/?lang=en`);
  await page.keyboard.press("Tab");
  const target = await page.evaluate(() => document.activeElement.getAttribute("href"));
  assert.match(target, /^#/);
  await page.keyboard.press("Enter");
  const focused = await page.evaluate((id) => document.querySelector(id) !== null, target);
  assert.ok(focused, "its target is there");
  await context.close();
});

test("a reader who loses the line sees the offline page", async () => {
  const context = await browser.newContext();
  const page = await openPage(context);
  await page.goto(`${city.address}/?lang=en`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await context.setOffline(true);
  await page.goto(`${city.address}/survey/method`).catch(() => null);
  assert.match(await page.locator("main").innerText(), /offline|connection/i);
  await context.close();
});

test("the first visit weighs at most 60 KB without fonts", async () => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await openPage(context);
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const kinds = new Map();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (kinds.get(requestId) !== "Font") bytes += encodedDataLength;
  });
  await page.goto(`${city.address}/?lang=ko`, { waitUntil: "networkidle" });
  console.log(`first visit: ${(bytes / 1000).toFixed(1)} kB without fonts`);
  assert.ok(bytes <= 60_000, `${bytes} bytes`);
  await context.close();
});
