import { connect } from "node:net";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { type Fault, startCliengoSimulator } from "@typeload/cliengo-simulator";

// A client may have all of an answer before the server has called it ended, and send the next request on the same connection: its answer stands in
// line then, and has no socket of its own yet.
test.each<[string, Fault]>([
  ["a reset", { kind: "reset" }],
  ["a reset in the middle of the body", { kind: "reset", afterBytes: 10 }],
  ["a body cut short", { kind: "cut-body" }],
])(
  "%s breaks the connection also while the answer before it is still being ended",
  { timeout: 5000 },
  async (_, fault) => {
    const simulator = await startCliengoSimulator({ contacts: 5 });
    onTestFinished(() => simulator.close());
    simulator.faults.add({ kind: "slow-body", bytesPerChunk: 100_000, millisecondsPerChunk: 300, nth: 1 });
    simulator.faults.add({ ...fault, nth: 2 });
    const socket = connect(Number(new URL(simulator.url).port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.on("error", () => undefined);
    const closed = new Promise((resolve) => socket.once("close", resolve));
    const get = `GET ${new URL(simulator.url).pathname}/contacts?api_key=${simulator.apiKey} HTTP/1.1\r\nHost: simulator\r\n\r\n`;
    socket.write(get);
    socket.on("data", () => undefined);
    await once(socket, "data");
    socket.write(get);
    await closed;
    expect(simulator.requests.all().map(({ fault: met }) => met)).toEqual(["slow-body", fault.kind]);
  },
);
