import { cp, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { capture, root } from "../gates/gate.ts";

// A new user's first two minutes: a fresh checkout, `npm start`, and `npm start` again.
let clone: string;

beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), "typeload-first-start-"));
  const { stdout } = await capture("git", ["ls-files", "-co", "--exclude-standard"]);
  for (const file of stdout.split("\n")) {
    if (await stat(join(root, file)).catch(() => undefined))
      await cp(join(root, file), join(clone, file), { recursive: true });
  }
}, 60_000);

afterAll(() => rm(clone, { recursive: true, force: true }));

it("sets itself up within 450 MB, and the second time in under three seconds", async () => {
  const first = await npmStart();
  expect(first.code, first.output).toBe(0);
  expect(first.output).toContain("Installing what the quickstart needs");
  expect(await megabytes(clone)).toBeLessThan(450);

  const second = await npmStart();
  expect(second.code, second.output).toBe(0);
  expect(second.output).not.toContain("Installing");
  const setUp = [...second.output.matchAll(/^typeload: .* (\d+\.\d) s$/gm)].reduce(
    (sum, line) => sum + Number(line[1]),
    0,
  );
  expect(setUp).toBeLessThan(3);
}, 300_000);

/** As a user's shell would run it: no key, and nothing of the npm and the Node that run this test. */
function npmStart(): Promise<{ code: number; output: string }> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|vitest|node_|cliengo_)/i.test(name));
  const path = (process.env["PATH"] ?? "")
    .split(":")
    .filter((folder) => !folder.startsWith(root) && folder !== dirname(process.execPath));
  const env = { ...Object.fromEntries(inherited), PATH: path.join(":") };
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["start"], { cwd: clone, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

async function megabytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return bytes / 1e6;
}
