// Two nodes of one city behind a proxy, as docs/operators/scale-out.md says: one PostgreSQL, one folder, one master key.
import { execFileSync, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openCity } from "./city.mjs";

const CLUSTER = process.env.MADANG_TEST_POSTGRES;

/** An empty database of the test run's cluster. */
export function openDatabase() {
  if (!CLUSTER) throw new Error("MADANG_TEST_POSTGRES is not set; ./test browser sets it");
  const name = `nodes_${process.pid}_${Date.now()}`;
  const psql = (database, sql) => execFileSync("psql", ["-X", "-q", "-A", "-t", "-F", "\t", "-d", database, "-c", sql], { encoding: "utf8" });
  psql(CLUSTER, `CREATE DATABASE ${name}`);
  const address = CLUSTER.replace(/\/[^/]*$/, `/${name}`);
  return {
    address,
    rows: (sql) => psql(address, sql).split("\n").filter(Boolean).map((line) => line.split("\t")),
    drop: () => psql(CLUSTER, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** `settings` is TOML beyond what two nodes need. */
export async function openNodes({ settings }) {
  const folder = await mkdtemp(path.join(tmpdir(), "madang-nodes-"));
  const database = openDatabase();
  const [front, ...ports] = [await freePort(), await freePort(), await freePort()];
  const address = `http://127.0.0.1:${front}`;
  const file = path.join(folder, "madang.toml");
  await writeFile(file, `[server]\ntrust_proxy = true\norigin = "${address}"\n\n${settings}`);
  const start = (port) =>
    openCity({
      folder: path.join(folder, "data"),
      listen: `127.0.0.1:${port}`,
      words: ["--config", file, "--database", database.address],
    });
  const nodes = [await start(ports[0])];
  nodes.push(await start(ports[1]));
  const proxy = await openProxy(path.join(folder, "proxy"), front, ports);
  return {
    address,
    nodes,
    database,
    /** Starts a node that was killed. */
    async start(which) {
      nodes[which] = await start(ports[which]);
    },
    async close() {
      const ends = [];
      for (const node of nodes) ends.push(await node.close());
      proxy.kill("SIGTERM");
      database.drop();
      await rm(folder, { recursive: true, force: true });
      return ends;
    },
  };
}

/** The part of the documented configuration that is not about TLS and floods. */
async function openProxy(folder, front, ports) {
  await mkdir(folder);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`);
  const servers = ports.map((port) => `server 127.0.0.1:${port} max_fails=2 fail_timeout=5s;`);
  const file = path.join(folder, "nginx.conf");
  await writeFile(
    file,
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http {
    access_log off;
    ${paths.join(" ")}
    upstream madang { ${servers.join(" ")} keepalive 64; }
    server {
        listen 127.0.0.1:${front};
        client_max_body_size 2m;
        location / {
            proxy_pass http://madang;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Real-IP "";
            proxy_set_header Forwarded "";
            proxy_next_upstream error timeout http_503;
            proxy_next_upstream_tries 2;
            proxy_connect_timeout 2s;
            proxy_read_timeout 35s;
        }
    }
}
`,
  );
  const proxy = spawn("nginx", ["-p", folder, "-e", `${folder}/error.log`, "-c", file], { stdio: ["ignore", "inherit", "inherit"] });
  proxy.on("error", (error) => console.error(`nginx does not start: ${error.message}`));
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`http://127.0.0.1:${front}/healthz`).catch(() => null);
    if (answer?.ok) return proxy;
    if (tries > 100 || proxy.exitCode !== null) throw new Error("nginx does not answer");
    await pause(50);
  }
}
