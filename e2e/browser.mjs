// Debian's Chromium, and a page whose console must stay clean.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** `draws`: with WebGL, computed by the processor; without, as on a machine whose browser has none. */
export async function openBrowser({ draws = false } = {}) {
  const executablePath = PLACES.find((place) => existsSync(place));
  if (!executablePath) throw new Error("no Chromium on this machine: apt-get install chromium");
  return chromium.launch({
    executablePath,
    args: [...(draws ? ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"] : ["--disable-gpu", "--disable-3d-apis"]), "--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** A page that collects what went wrong in it. */
export async function openPage(context) {
  const page = await context.newPage();
  page.troubles = [];
  page.on("console", (message) => {
    if (message.type() === "error") page.troubles.push(message.text());
  });
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("response", (response) => {
    if (response.status() >= 500) page.troubles.push(`${response.status()} ${response.url()}`);
  });
  return page;
}
