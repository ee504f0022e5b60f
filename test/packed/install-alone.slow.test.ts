import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { capture, publishedPackages, root } from "../gates/gate.ts";
import { installConsumer } from "./install-consumer.ts";
import { packPackages, type PackedPackage } from "./pack-packages.ts";

// Each package alone in an empty folder, on the lowest Node that it says it supports and on the one of this run.
const lowest = `${root}/node_modules/node-22.18-linux-x64/bin/node`;
const carriesLowest = process.platform === "linux" && process.arch === "x64";
const nodes = {
  ...(carriesLowest ? { "Node 22.18": lowest } : {}),
  [`Node ${process.versions.node.split(".")[0]}`]: process.execPath,
};

let folder: string;
let packed: PackedPackage[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-alone-"));
  packed = await packPackages(join(folder, "tarballs"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(publishedPackages())("$name", ({ name, folder: source, entries }) => {
  const consumer = (): string => join(folder, name.replace("/", "-"));
  const ids = entries.map(({ subpath }) => name + subpath.slice(1));

  beforeAll(() => installConsumer({ folder: consumer(), packed, names: [name] }), 120_000);

  it.each(Object.entries(nodes))("is imported, and required from CommonJS, on %s", async (_title, node) => {
    await writeFile(
      join(consumer(), "esm.mjs"),
      ids.map((id) => `console.log(Object.keys(await import("${id}")).length);\n`).join(""),
    );
    await writeFile(
      join(consumer(), "cjs.cjs"),
      ids.map((id) => `console.log(Object.keys(require("${id}")).length);\n`).join(""),
    );

    for (const script of ["esm.mjs", "cjs.cjs"]) {
      const { code, output, stdout } = await capture(node, [script], consumer());
      expect(code, output).toBe(0);
      expect(output, "prints nothing, warns of nothing").toBe(stdout);
      for (const exported of stdout.split("\n")) expect(Number(exported)).toBeGreaterThan(0);
    }
  });

  it("carries its licence and README, and neither source nor tests", async () => {
    const installed = join(consumer(), "node_modules", name);
    const names = await readdir(installed);
    expect(names).toEqual(expect.arrayContaining(["LICENSE", "README.md", "dist", "package.json"]));
    expect(names).not.toContain("src");
    expect(names).not.toContain("test");
    const readme = await readFile(`${root}/${source}/README.md`, "utf8");
    expect(readme).toContain(`npm install ${name}`);
  });
});
