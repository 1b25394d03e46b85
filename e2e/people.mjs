// People of a journey: they register as everybody does, with the code from their letter.
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { BINARY } from "./city.mjs";

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

/** An authenticator in this page's browser; answers its session and its id. */
export async function giveAuthenticator(page) {
  const device = await page.context().newCDPSession(page);
  await device.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  const added = await device.send("WebAuthn.addVirtualAuthenticator", { options: { ...options, automaticPresenceSimulation: true } });
  return { device, authenticator: added.authenticatorId };
}

/** Makes an account with a passkey, as staff need one. */
export async function registerWithPasskey(page, city, site, who) {
  await giveAuthenticator(page);
  await register(page, city, site, who);
  await page.goto(`${site}/account/security/passkey?lang=en`);
  await page.fill("#name", "Key");
  await page.click("form[data-passkey=make] button");
  await arrive(page, "/account/security/codes");
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

/** The first administrator, named on the city's own machine; comes in with the printed code and sets up an app. */
export async function administrator(page, city, site, { name, email }) {
  const said = execFileSync(BINARY, ["administrator", email, "--name", name, "--data", city.folder], { encoding: "utf8" });
  const request = said.match(/\/recover\/confirm\?c=(\S+)/)[1];
  await page.goto(`${site}/recover/confirm?c=${request}&lang=en`);
  await page.fill("#code", said.match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0]);
  await page.fill("#password", PASSWORD);
  await page.click('form[action="/recover/confirm"] button[type=submit]');
  await arrive(page, "/sign-in");
  await signIn(page, site, email);
  await arrive(page, "/account");
}

/** Where a second factor is asked for and none is there: sets up an app, and goes on to where it was wanted. */
export async function setUpApp(page) {
  await arrive(page, "/sign-in/second");
  await page.click('form[action="/account/security/app"] button');
  await arrive(page, "/account/security/app");
  await page.fill("#code", codeOf(await page.textContent("code.secret")));
  await page.click('form[action="/account/security/app"] button[type=submit]');
  await arrive(page, "/account/security/codes");
}

/** What an authenticator app shows (RFC 6238). */
export function codeOf(key) {
  const bits = [...key.replaceAll(" ", "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", secret).update(step).digest();
  const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}
