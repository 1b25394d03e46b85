// Looks at a page as it stands: axe finds nothing, and 320 px suffice.
import assert from "node:assert/strict";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";

export async function look(page, name) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0].html.slice(0, 160)}`), []);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize(size);
  assert.ok(width <= 320, `${name} is ${width} px wide`);
}

/** The same address in both languages. */
export async function lookAt(page, address) {
  for (const language of ["ko", "en"]) {
    await page.goto(`${address}${address.includes("?") ? "&" : "?"}lang=${language}`);
    await look(page, `${new URL(address).pathname} ${language}`);
  }
}

/** Four readers: both languages, wide and narrow, by day and by night. */
const READERS = [
  ["en", 1280, "light"],
  ["ko", 1280, "dark"],
  ["ko", 360, "light"],
  ["en", 360, "dark"],
];

/** The page as four readers see it. `SHOTS` names a folder for pictures of it. */
export async function lookAround(page, address, name = new URL(address).pathname) {
  const size = page.viewportSize();
  for (const [language, width, colorScheme] of READERS) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.goto(`${address}${address.includes("?") ? "&" : "?"}lang=${language}`);
    if (process.env.SHOTS) {
      const file = `${name.replaceAll("/", "_")}-${language}-${width}-${colorScheme}.png`;
      await page.screenshot({ path: path.join(process.env.SHOTS, file), fullPage: true });
    }
    await look(page, `${name} ${language} ${width} ${colorScheme}`);
  }
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${address}${address.includes("?") ? "&" : "?"}lang=en`);
}
