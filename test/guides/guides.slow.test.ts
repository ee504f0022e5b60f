import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

// Each guide is a program and what it prints: the first block of ts, and the block of text after it.
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "docs/guides");

describe("the program of a guide, run with the built packages, prints what the guide says", async () => {
  it.each(await readdir(folder))("%s", { timeout: 60_000 }, async (file) => {
    const [, program, output] =
      /```ts\n(.*?)```\n+```text\n(.*?)```/s.exec(await readFile(join(folder, file), "utf8")) ?? [];
    const empty = await mkdtemp(join(tmpdir(), "typeload-guide-"));
    try {
      await symlink(join(root, "node_modules"), join(empty, "node_modules"), "dir");
      await writeFile(join(empty, "guide.mts"), program ?? "");
      const { stdout } = await promisify(execFile)(process.execPath, ["guide.mts"], { cwd: empty });
      expect(stdout).toBe(output);
    } finally {
      await rm(empty, { recursive: true, force: true });
    }
  });
});
