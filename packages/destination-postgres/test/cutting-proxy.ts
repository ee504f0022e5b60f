import { connect, createServer } from "node:net";
import type { Socket } from "node:net";
import { once } from "node:events";

/** When the line is cut: before the server sees the statement, or after it carried it out and before the client hears of it. */
export type Cut = "before" | "after";

/** Stands between a client and a server on loopback, and cuts the line at a statement. */
export interface CuttingProxy extends AsyncDisposable {
  readonly port: number;
  /** Cuts the connection that sends the next statement of this text. */
  cutAt(statement: string, cut: Cut): void;
  /** Cuts connections at COMMIT, one for each cut, once they have sent a statement of this text. */
  cutCommitsAfter(statement: string, cuts: readonly Cut[]): void;
  readonly cuts: number;
}

export async function startCuttingProxy(to: { readonly host: string; readonly port: number }): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let [first, text]: (string | undefined)[] = [];
  let plan: readonly Cut[] = [];
  let cuts = 0;
  const proxy = createServer((client) => {
    const server = connect(to.port, to.host);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    }
    server.on("data", (bytes) => client.write(bytes)).once("close", () => client.destroy());
    client.once("close", () => server.destroy());
    let sawFirst = false;
    client.on("data", (bytes) => {
      const [cut, ...later] = plan;
      sawFirst ||= first === undefined || bytes.includes(first);
      if (cut === undefined || text === undefined || !sawFirst || !bytes.includes(text))
        return void server.write(bytes);
      plan = later;
      cuts += 1;
      if (cut === "before") return void client.destroy();
      server.removeAllListeners("data");
      server.write(bytes);
      // The server answers when it has carried the statement out.
      server.once("data", () => setTimeout(() => client.destroy(), 5));
    });
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    get cuts() {
      return cuts;
    },
    cutAt(statement, cut) {
      [first, text, plan] = [undefined, statement, [cut]];
    },
    cutCommitsAfter(statement, planned) {
      [first, text, plan] = [statement, "COMMIT", planned];
    },
    async [Symbol.asyncDispose]() {
      proxy.close();
      for (const socket of sockets) socket.destroy();
      await once(proxy, "close");
    },
  };
}
