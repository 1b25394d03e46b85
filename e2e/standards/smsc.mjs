// A message centre for the tests (npm smpp): prints every message that it takes as a line of JSON, and says by receipt
// that it arrived; numbers that end in 999 are not reached.
import smpp from "smpp";

const tell = (line) => process.stdout.write(JSON.stringify(line) + "\n");
let number = 0;

const server = smpp.createServer((session) => {
  session.on("bind_transceiver", (pdu) => {
    const known = pdu.system_id === "city" && pdu.password === "sesame";
    session.send(pdu.response(known ? {} : { command_status: smpp.ESME_RBINDFAIL }));
  });
  session.on("submit_sm", (pdu) => {
    const id = `m${++number}`;
    const { udh, message } = pdu.short_message;
    tell({ id, from: pdu.source_addr, to: pdu.destination_addr, coding: pdu.data_coding, text: message,
      parts: udh ? [...udh[0].slice(-3)] : null });
    session.send(pdu.response({ message_id: id }));
    const stat = pdu.destination_addr.endsWith("999") ? "UNDELIV" : "DELIVRD";
    session.deliver_sm({
      source_addr: pdu.destination_addr, destination_addr: pdu.source_addr, esm_class: 4,
      short_message: { message: `id:${id} sub:001 dlvrd:001 submit date:2611240000 done date:2611240000 stat:${stat} err:000 text:` },
    });
  });
  session.on("enquire_link", (pdu) => session.send(pdu.response()));
  session.on("unbind", (pdu) => { session.send(pdu.response()); session.close(); });
  session.on("error", (error) => process.stderr.write(`${error}\n`));
});
server.listen(Number(process.argv[2]), "127.0.0.1", () => tell({ listening: true }));
