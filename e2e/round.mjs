// A round for a journey: made-up sites on this machine, captured as sites are, and people who read them.
import { execFile, execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { BINARY } from "./city.mjs";

const run = promisify(execFile);

/** A small site of a city: a few pages that link to each other. */
export async function openSite(name) {
  const pages = {
    "/": ["Home", "Welcome to the city. Pay fees, read the budget, tell us what you think."],
    "/privacy": ["Your data", `The city of ${name} collects your name and address to answer you. Ask privacy@city.example.`],
    "/fees": ["Pay fees", "Pay the waste fee online by card."],
    "/budget": ["The budget", "What the city spends in 2026."],
  };
  const links = Object.entries(pages).map(([at, [title]]) => `<li><a href="${at}">${title}</a></li>`);
  const server = http.createServer((request, answer) => {
    const [title, text] = pages[new URL(request.url, "http://x").pathname] ?? [];
    if (!title) return answer.writeHead(404).end();
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end(`<!doctype html><html lang="en"><title>${title} – ${name}</title><style>h1{color:#046}</style><h1>${title}</h1><p>${text}</p><ul>${links.join("")}</ul></html>`);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { name, address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** What a city's configuration says, so that it may look at sites on this machine. */
export function configure(folder) {
  const config = path.join(folder, "journey.toml");
  const said = ["[survey]", "workers = 0", "[survey.capture]", "allow_private = true"];
  writeFileSync(config, said.join("\n"));
  return config;
}

/** Opens a round with these sites and has them captured, by the commands of the terminal. */
export async function openRound(folder, config, sites) {
  const list = path.join(folder, "cities.csv");
  const rows = sites.map(({ name, address }) => `${name},KR,asia,yes,en ko,${address},${name.toLowerCase()}`);
  writeFileSync(list, `name,country,region,oecd,languages,address,slug\n${rows.join("\n")}\n`);
  const round = (...words) => run(BINARY, ["survey", "round", ...words, "--data", folder, "--config", config]);
  await round("new", "spring", "--title", "Spring round", "--budget", "10");
  await round("import-cities", "spring", list);
  await round("capture", "spring");
}

/** Evaluators, whom an administrator would appoint and a coordinator give cities: name → cities. */
export function giveCities(folder, given) {
  const script = `
import json, sqlite3, sys, time
given, now = json.loads(sys.argv[2]), int(time.time() * 1e6)
db = sqlite3.connect(sys.argv[1], timeout=20)
account = lambda name: db.execute("SELECT id FROM identity_account WHERE name = ?", (name,)).fetchone()[0]
seats = {}
for name, cities in given.items():
    who = account(name)
    db.execute("INSERT INTO identity_grant (id, account, role, given_by, given_at) VALUES (?, ?, 'evaluator', 'journey', ?)", (f"gr_{who}", who, now))
    for slug in cities:
        city, round = db.execute("SELECT id, round FROM survey_round_city WHERE slug = ?", (slug,)).fetchone()
        seat = seats[city] = seats.get(city, 0) + 1
        db.execute("INSERT INTO survey_assignment (id, round, city, account, seat, given_at) VALUES (?, ?, ?, ?, ?, ?)",
            (f"as_{slug}_{seat}", round, city, who, ["first", "second", "third"][seat - 1], now))
db.execute("UPDATE survey_round SET stage = 'coding', coding_at = ?", (now,))
db.commit()
`;
  execFileSync("python3", ["-c", script, path.join(folder, "madang.sqlite"), JSON.stringify(given)], { stdio: ["ignore", "inherit", "inherit"] });
}

/** The wire between browsers and a city, which can be cut. */
export async function openWire(address) {
  const { port: to, hostname } = new URL(address);
  const open = new Set();
  let cut = false;
  const server = net.createServer((near) => {
    if (cut) return near.destroy();
    const far = net.connect(Number(to), hostname);
    for (const [one, other] of [[near, far], [far, near]]) {
      open.add(one);
      one.on("close", () => (open.delete(one), other.destroy())).on("error", () => {});
      one.pipe(other);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://localhost:${server.address().port}`,
    cut() {
      cut = true;
      for (const socket of open) socket.destroy();
    },
    mend: () => (cut = false),
    close: () => (server.close(), [...open].forEach((socket) => socket.destroy())),
  };
}

/** An authenticator in this page's browser. */
export async function giveAuthenticator(context, page) {
  const device = await context.newCDPSession(page);
  await device.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  await device.send("WebAuthn.addVirtualAuthenticator", { options: { ...options, automaticPresenceSimulation: true } });
}
