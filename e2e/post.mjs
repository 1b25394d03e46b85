// A mail server that takes every letter and keeps it: as much of SMTP (RFC 5321) as a relay on the same machine needs.
import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** `slowly`: milliseconds between having a letter whole and saying so. */
export async function openPost({ slowly = 0 } = {}) {
  const letters = [];
  const server = net.createServer((socket) => {
    let pending = "";
    let to = "";
    let inLetter = false;
    const say = (line) => socket.writable && socket.write(`${line}\r\n`);
    const lineOf = (line) => {
      const word = line.slice(0, 4).toUpperCase();
      if (word === "EHLO") say("250-post.example\r\n250 8BITMIME");
      else if (word === "RCPT") say(((to = line.match(/<(.*)>/)[1]), "250 good"));
      else if (word === "DATA") say(((inLetter = true), "354 go on"));
      else if (word === "QUIT") socket.end("221 bye\r\n");
      else say("250 good");
    };
    const letterOf = async (text) => {
      const head = (name) => text.match(new RegExp(`^${name}: (.*?)\\r$`, "im"))?.[1];
      letters.push({ to, subject: head("Subject"), id: head("Message-ID"), at: Date.now() });
      await pause(slowly);
      say("250 taken");
    };
    socket.on("error", () => {});
    socket.on("data", (part) => {
      pending += part;
      for (;;) {
        const end = pending.indexOf(inLetter ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const text = pending.slice(0, end);
        pending = pending.slice(end + (inLetter ? 5 : 2));
        if (inLetter) {
          inLetter = false;
          letterOf(`${text}\r\n`);
        } else lineOf(text);
      }
    });
    say("220 post.example");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    letters,
    /** The letters to this address, once there are so many. */
    async waitFor(to, count) {
      for (let tries = 0; tries < 300; tries++) {
        const found = letters.filter((letter) => letter.to === to);
        if (found.length >= count) return found;
        await pause(100);
      }
      throw new Error(`no letter to ${to} in 30 s`);
    },
    close: () => server.close(),
  };
}
