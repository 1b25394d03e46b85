// A city for one journey: the built binary on a free port, its log, and its end.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

export const BINARY = process.env.MADANG ?? path.resolve(import.meta.dirname, "../target/debug/madang");

/** Starts `madang demo` and waits until it is ready. `folder` keeps data over a restart. */
export async function openCity({ folder, listen = "127.0.0.1:0", words = [], fetchOptions = {} } = {}) {
  const own = folder ?? (await mkdtemp(path.join(tmpdir(), "madang-city-")));
  const child = spawn(BINARY, ["demo", "--listen", listen, "--data", own, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  const log = [];
  readline.createInterface({ input: child.stderr }).on("line", (line) => log.push(line));
  const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
  const first = await new Promise((resolve, reject) => {
    readline.createInterface({ input: child.stdout }).once("line", resolve);
    ended.then(({ code }) => reject(new Error(`madang ended with ${code}: ${log.join("\n")}`)));
  });
  const address = first.trim();
  if (!fetchOptions.skip) {
    for (let tries = 0; ; tries++) {
      const answer = await fetch(`${address}/readyz`).catch(() => null);
      if (answer?.ok) break;
      if (tries > 200) throw new Error(`not ready after 20 s: ${log.join("\n")}`);
      await pause(100);
    }
  }
  return {
    address,
    folder: own,
    log,
    child,
    /** Lines that an operator would have to look at. */
    complaints: () => log.filter((line) => /\b(WARN|ERROR|panicked)\b/.test(line)),
    async close() {
      child.kill("SIGTERM");
      const end = await ended;
      if (!folder) await rm(own, { recursive: true, force: true });
      return end;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Every page of the city by its own sitemap, as paths. */
export async function pagesOf(city) {
  const text = await (await fetch(`${city.address}/sitemap.xml`)).text();
  const paths = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => {
    const url = new URL(address.replaceAll("&amp;", "&"));
    return url.pathname;
  });
  return [...new Set(paths)].sort();
}
