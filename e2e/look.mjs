// Looks at a page as it stands: axe finds nothing, and 320 px suffice.
import assert from "node:assert/strict";
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
