import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { Cliengo } from "@typeload/cliengo-sdk";
import { operationCalls } from "../../packages/cliengo-sdk/test/operation-calls.ts";
import { startPrism } from "./prism-server.ts";
import type { PrismServer } from "./prism-server.ts";

// The same calls as against the simulator, against a server that somebody else's tool makes from the OpenAPI file: it refuses what the file
// does not allow (paths, parameters, bodies, credentials) and answers what the file says.
interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
}

const operations = await readOperations();
const ids = {
  account: "5f2b1c3d4e5f6a7b8c9d0e1f",
  user: "5f2b1c3d4e5f6a7b8c9d0e2f",
  site: "5f2b1c3d4e5f6a7b8c9d0e3f",
  contact: "5f2b1c3d4e5f6a7b8c9d0e4f",
  conversation: "5f2b1c3d4e5f6a7b8c9d0e5f",
  message: "5f2b1c3d4e5f6a7b8c9d0e6f",
};
const answered: { readonly method: string; readonly path: string; readonly status: number }[] = [];
let prism: PrismServer;
let cliengo: Cliengo;

beforeAll(async () => {
  prism = await startPrism();
  cliengo = new Cliengo({
    apiKey: "0badc0de-0000-4000-8000-c0ffee000001",
    baseUrl: prism.url,
    rateLimit: false,
    retry: { maxAttempts: 1 },
    onResponse: ({ method, url, status }) =>
      answered.push({ method, path: url.slice(prism.url.length).replace(/\?.*/, ""), status }),
  });
}, 90_000);
afterAll(() => prism[Symbol.asyncDispose]());

test("every operation of the OpenAPI file is called, each once", () => {
  expect(operations.length).toBeGreaterThan(30);
  const called = operationCalls.map(({ operationId }) => operationId);
  expect(called.toSorted()).toEqual(operations.map(({ operationId }) => operationId).toSorted());
});

test.each(operationCalls)("$operationId", async ({ operationId, call }) => {
  answered.length = 0;
  expect(await call(cliengo, ids)).toBeDefined();
  const { method, path } = operations.find((known) => known.operationId === operationId) ?? { method: "", path: "" };
  const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`);
  const met = answered.filter((answer) => answer.method === method && pattern.test(answer.path));
  expect(met.map(({ status }) => status >= 200 && status < 300)).toEqual([true]);
});

test("the mock server refuses what the file does not allow", async () => {
  const answer = await fetch(`${prism.url}/contacts?api_key=x`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: 5 }),
  });
  expect(answer.status).toBe(422);
});

async function readOperations(): Promise<Operation[]> {
  const text = await readFile(new URL("../../openapi/cliengo.openapi.yaml", import.meta.url), "utf8");
  // Its structure is held by the linter of the OpenAPI file.
  const { paths } = parse(text) as { paths: Record<string, Record<string, { operationId: string }>> };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([verb]) => ["get", "put", "post", "patch", "delete"].includes(verb))
      .map(([verb, { operationId }]) => ({ operationId, method: verb.toUpperCase(), path })),
  );
}
