import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { capture, publishedPackages, root } from "../gates/gate.ts";
import { installConsumer } from "./install-consumer.ts";
import { installLowestNode, lowestNode } from "./lowest-node.ts";
import { packPackages, type PackedPackage } from "./pack-packages.ts";

// Each package alone in an empty folder, on the lowest Node that it says it supports and on the one of this run.
const nodes = [`Node ${lowestNode}`, `Node ${process.versions.node}`];

let folder: string;
let packed: PackedPackage[];
let lowest: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-alone-"));
  packed = await packPackages(join(folder, "tarballs"));
  lowest = await installLowestNode(join(folder, "lowest-node"));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(publishedPackages())("$name", ({ name, folder: source, entries }) => {
  const consumer = (): string => join(folder, name.replace("/", "-"));
  const ids = entries.map(({ subpath }) => name + subpath.slice(1));

  beforeAll(() => installConsumer({ folder: consumer(), packed, names: [name] }), 120_000);

  it.for(nodes)("is imported, and required from CommonJS, on %s", async (title, { skip }) => {
    const node = title === nodes[0] ? lowest : process.execPath;
    if (node === undefined) return skip("npm has no ready-made Node for this system");
    const { stdout: version } = await capture(node, ["-p", "process.versions.node"]);
    expect(`Node ${version}`).toMatch(title);
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
