// People of a journey: they register as everybody does, with the code from their letter.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export const PASSWORD = "persimmon tree in the yard";

/** The newest letter to an address, once it has come. */
export async function letterTo(city, address, subject = /./) {
  const folder = path.join(city.folder, "letters");
  for (let tries = 0; tries < 200; tries++) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".eml")).sort().reverse();
    for (const name of names) {
      const letter = await readFile(path.join(folder, name), "utf8");
      if (letter.includes(address) && subject.test(letter.match(/^Subject: (.*)$/m)?.[1] ?? "")) return letter;
    }
    await pause(100);
  }
  throw new Error(`no letter to ${address}`);
}

/** Makes an account in this page's browser; it is signed in afterwards. */
export async function register(page, city, site, { name, email }) {
  await page.goto(`${site}/register?lang=en`);
  await page.fill("#email", email);
  await page.click('form[action="/register"] button[type=submit]');
  await arrive(page, "/register/confirm");
  const letter = await letterTo(city, email, /^Your code: /);
  await page.fill("#code", letter.match(/^Subject: Your code: (\S+)/m)[1]);
  await page.fill("#name", name);
  await page.fill("#password", PASSWORD);
  await page.click('form[action="/register/confirm"] button[type=submit]');
  await arrive(page, "/account");
}

/** Waits for the page at this path, whatever its query. */
export const arrive = (page, path) => page.waitForURL((url) => url.pathname === path);

export async function signOut(page) {
  await page.click('form[action="/sign-out"] button');
  await arrive(page, "/");
}

export async function signIn(page, site, email) {
  await page.goto(`${site}/sign-in?lang=en`);
  await page.fill("#email", email);
  await page.fill("#password", PASSWORD);
  await page.click('form[action="/sign-in"] button[type=submit]');
}
