import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { Cliengo } from "@typeload/cliengo-sdk";
import { operationCalls } from "../../packages/cliengo-sdk/test/operation-calls.ts";

// Every operation, called through the SDK against a mock server that an independent tool makes from the OpenAPI file: Prism checks each
// request against the file (422 where one is wrong) and answers with the file's own examples.
const file = new URL("../../openapi/cliengo.openapi.yaml", import.meta.url);
const program = new URL("../../node_modules/@stoplight/prism-cli/dist/index.js", import.meta.url);
let prism: ChildProcess;
let client: Cliengo;
let output = "";

beforeAll(async () => {
  const port = await freePort();
  prism = spawn(process.execPath, [
    program.pathname,
    "mock",
    "--errors",
    "-h",
    "127.0.0.1",
    "-p",
    String(port),
    file.pathname,
  ]);
  prism.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  prism.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  for (let tries = 0; !output.includes("is listening"); tries++) {
    if (tries > 300 || prism.exitCode !== null) throw new Error(`Prism did not start: ${output.slice(-2000)}`);
    await wait(100);
  }
  client = new Cliengo({
    apiKey: "00000000-0000-4000-8000-000000000000",
    baseUrl: `http://127.0.0.1:${port}`,
    rateLimit: false,
    retry: { maxAttempts: 1 },
  });
}, 60_000);

afterAll(async () => {
  if (prism.exitCode !== null) return;
  prism.kill();
  await once(prism, "exit");
});

test("no operation of the file is left out", async () => {
  // Its structure is held by the linter of the OpenAPI file.
  const { paths } = parse(await readFile(file, "utf8")) as {
    paths: Record<string, Record<string, { operationId?: string }>>;
  };
  const all = Object.values(paths).flatMap((item) =>
    Object.values(item).flatMap(({ operationId }) => operationId ?? []),
  );
  expect(operationCalls.map(({ operationId }) => operationId).toSorted()).toEqual(all.toSorted());
});

const id = "5f0cbe62162e0dec1910d197";
const ids = { account: id, user: id, site: id, contact: id, conversation: id, message: id };

test.each(operationCalls)("$operationId", async ({ call }) => {
  expect(await call(client, ids)).toBeDefined();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
