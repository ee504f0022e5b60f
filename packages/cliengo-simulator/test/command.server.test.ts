import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { apiKeyOf } from "@typeload/cliengo-simulator";
import { afterEach, expect, test } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

interface Run {
  readonly child: ChildProcess;
  output(): string;
  /** Resolves when the output matches. */
  until(pattern: RegExp): Promise<string>;
  readonly exit: Promise<{ code: number | null; output: string; errors: string }>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  started.push(child);
  let output = "";
  let errors = "";
  const waiting: (() => void)[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    for (const check of waiting) check();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const exit = new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, output, errors }));
  });
  return {
    child,
    output: () => output,
    exit,
    until: (pattern) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (pattern.test(output)) resolve(output);
        };
        waiting.push(check);
        check();
      }),
  };
}

test("it serves the model it was asked for, and stops on Ctrl-C with nothing left open", async () => {
  const command = run("--contacts", "70", "--conversations", "3", "--seed", "7", "--ceiling", "off");
  const output = await command.until(/Ctrl-C/);
  expect(output).toContain("70 contacts, 3 conversations");
  const url = /url {2}(http:\/\/127\.0\.0\.1:\d+\/1\.0)/.exec(output)?.[1];
  const key = /key {2}(\S+)/.exec(output)?.[1];
  expect(key).toBe(apiKeyOf(7));
  const response = await fetch(`${url}/contacts?offset=1001&api_key=${key}`);
  expect(await response.json()).toMatchObject({ paging: { total: 70, offset: 1001 }, results: [] });
  command.child.kill("SIGINT");
  expect(await command.exit).toMatchObject({ code: 0, errors: "" });
  await expect(fetch(`${url}/account?api_key=${key}`)).rejects.toThrow("fetch failed");
});

test("--fault-rate makes requests fail", async () => {
  const command = run("--contacts", "5", "--fault-rate", "1");
  const [, url] = /url {2}(\S+)/.exec(await command.until(/Ctrl-C/)) ?? [];
  const failures = await Promise.allSettled([1, 2, 3, 4].map((limit) => fetch(`${url}/contacts?limit=${limit}`)));
  for (const failure of failures)
    expect(failure.status === "rejected" || [429, 503].includes(failure.value.status)).toBe(true);
  command.child.kill("SIGTERM");
  expect((await command.exit).code).toBe(0);
});

test("--help explains the options", async () => {
  const { code, output } = await run("--help").exit;
  expect(code).toBe(0);
  expect(output).toContain("--contacts N");
});

test.for([
  [["--contacts", "many"], "--contacts many is no number"],
  [["--users", "0"], "Simulator option users is 0"],
  [["--bogus"], "--bogus"],
  [["--fault-rate", "2"], "--fault-rate must be from 0 to 1"],
] as const)("%o ends with code 2 and says why", async ([args, reason]) => {
  const { code, output, errors } = await run(...args).exit;
  expect([code, output]).toEqual([2, ""]);
  expect(errors).toContain(reason);
});

test("a port that is taken ends with code 1 and says so", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { code, errors } = await run("--contacts", "1", "--port", String(port)).exit;
  taken.close();
  expect(code).toBe(1);
  expect(errors).toContain("EADDRINUSE");
});
