// Every page, in every language and theme: axe finds nothing, the markup is valid, 320 px suffice, the console is clean.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { HtmlValidate } from "html-validate";
import { openBrowser, openPage } from "../browser.mjs";
import { openCity, pagesOf } from "../city.mjs";

const LANGUAGES = ["en", "ko", "ar"];
const OTHER_LOOKS = [{ colorScheme: "dark" }, { colorScheme: "light", contrast: "more" }, { contrast: null, forcedColors: "active" }];
// Beside the sitemap: pages that nobody links for search engines.
const HIDDEN = ["/gallery", "/offline", "/no-such-page", "/search?q=seoul", "/search?q=%EC%84%9C%EC%9A%B8", "/survey/score"];

let city, browser, paths;
before(async () => {
  city = await openCity();
  browser = await openBrowser();
  // One criterion's page stands for its 195 sisters: the same function draws them.
  const all = await pagesOf(city);
  const criteria = all.filter((path) => /^\/survey\/instruments\/[^/]+\/./.test(path));
  const cities = all.filter((path) => /^\/survey\/cities\/./.test(path));
  const alike = new Set([...criteria.slice(2), ...cities.slice(2)]);
  paths = [...all.filter((path) => !alike.has(path)), ...HIDDEN];
  assert.ok(paths.length > 12, `too few pages: ${paths}`);
});
after(async () => {
  await browser?.close();
  await city?.close();
  assert.deepEqual(city.complaints(), [], "the log stayed clean");
});

for (const language of LANGUAGES) {
  test(`axe finds nothing by day, in the dark and with more contrast: ${language}`, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await openPage(context);
    const found = [];
    const look = async (path, name, only) => {
      const axe = new AxeBuilder({ page });
      const answer = await (only ? axe.withRules(only) : axe).analyze();
      for (const violation of answer.violations) found.push(`${path} (${name}): ${violation.id} ${violation.nodes[0].html.slice(0, 160)}`);
    };
    for (const path of paths) {
      await page.emulateMedia({ colorScheme: "light", forcedColors: "none", contrast: null });
      await page.goto(withLanguage(path, language));
      await look(path, "day");
      // The other looks change colours and nothing else.
      for (const other of OTHER_LOOKS) {
        await page.emulateMedia(other);
        await look(path, JSON.stringify(other), ["color-contrast", "link-in-text-block"]);
      }
    }
    await context.close();
    assert.deepEqual(found, []);
    assert.deepEqual(page.troubles.filter((line) => !line.includes("404")), []);
  });
}

test("320 px wide, nothing needs sideways scrolling", async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await openPage(context);
  const wide = [];
  for (const language of LANGUAGES) {
    for (const path of paths) {
      await page.goto(withLanguage(path, language));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 320) wide.push(`${language} ${path}: ${width}`);
    }
  }
  await context.close();
  assert.deepEqual(wide, []);
});

test("the markup is valid HTML", async () => {
  const validator = new HtmlValidate({
    extends: ["html-validate:standard"],
    rules: {
      // What the page's own generator decides, not the reader.
      "no-trailing-whitespace": "off",
      "attr-quotes": "off",
      "doctype-style": "off",
      "void-style": "off",
      "long-title": "off",
      "no-inline-style": "error",
      "prefer-native-element": "off",
      "require-sri": "off",
    },
  });
  const found = [];
  for (const path of paths) {
    const html = await (await fetch(city.address + path)).text();
    const report = await validator.validateString(html);
    for (const result of report.results) {
      for (const message of result.messages) found.push(`${path}: ${message.ruleId} ${message.message} (line ${message.line})`);
    }
  }
  assert.deepEqual(found, []);
});

function withLanguage(path, language) {
  return `${city.address}${path}${path.includes("?") ? "&" : "?"}lang=${language}`;
}
