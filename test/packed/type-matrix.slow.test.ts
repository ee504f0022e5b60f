import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { capture, publishedPackages, root } from "../gates/gate.ts";
import { snippetsOf } from "../gates/snippets.ts";
import { installConsumer } from "./install-consumer.ts";
import { packPackages } from "./pack-packages.ts";

// Programs that users could have: every package's README examples, compiled against the tarballs, strictly and with
// the declarations themselves checked (skipLibCheck off).
const compilers = {
  "TypeScript 5.9": "typescript-5.9",
  "TypeScript 6.0": "typescript",
  "TypeScript 7.0": "typescript-7.0",
};

const strict = { strict: true, noEmit: true, skipLibCheck: false, target: "es2023", noUncheckedIndexedAccess: true };
const node = { ...strict, module: "nodenext", types: ["node"], lib: ["es2024", "esnext.disposable"] };
const programs = {
  "@types/node only": { files: "all", options: node },
  exactOptionalPropertyTypes: { files: "all", options: { ...node, exactOptionalPropertyTypes: true } },
  "a bundler's resolution": { files: "all", options: { ...node, module: "esnext", moduleResolution: "bundler" } },
  "DOM only": {
    files: "sdk",
    options: { ...strict, module: "nodenext", types: [], lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"] },
  },
};

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-types-"));
  const packed = await packPackages(join(folder, "tarballs"));
  // Our own file.
  const manifest = JSON.parse(await readFile(`${root}/package.json`, "utf8")) as {
    devDependencies: Record<string, string>;
  };
  const also = [`@types/node@${manifest.devDependencies["@types/node"]}`];
  await installConsumer({ folder, packed, names: packed.map(({ name }) => name), also });

  await mkdir(join(folder, "sdk"));
  await mkdir(join(folder, "all"));
  for (const { name, folder: source } of publishedPackages()) {
    const snippets = snippetsOf("README.md", await readFile(`${root}/${source}/README.md`, "utf8"));
    for (const { code, line } of snippets) {
      const file = `${source.replace("packages/", "")}-${line}.mts`;
      await writeFile(join(folder, "all", file), `${code}\nexport {};\n`);
      if (name === "@typeload/cliengo-sdk") {
        // In a browser a key is the user's own to give; a worker gets it from its own environment.
        await writeFile(
          join(folder, "sdk", file),
          `declare const process: { env: Record<string, string | undefined> };\n${code}\nexport {};\n`,
        );
      }
    }
  }
  const everything = publishedPackages().flatMap(({ name, entries }) =>
    entries.map(({ subpath }) => name + subpath.slice(1)),
  );
  await writeFile(
    join(folder, "all", "everything.mts"),
    everything.map((id, at) => `export * as p${at} from "${id}";\n`).join(""),
  );
  await writeFile(join(folder, "sdk", "everything.mts"), `export * from "@typeload/cliengo-sdk";\n`);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(Object.entries(programs))("%s", (title, { files, options }) => {
  it.each(Object.entries(compilers))(
    "type-checks on %s",
    async (compiler, module) => {
      const config = join(folder, `${title}-${compiler}.json`.replaceAll(/[^\w.-]/g, "-"));
      await writeFile(config, JSON.stringify({ compilerOptions: options, include: [files] }));
      const { code, output } = await capture(
        process.execPath,
        [`${root}/node_modules/${module}/bin/tsc`, "-p", config],
        folder,
      );
      expect(code, output).toBe(0);
    },
    60_000,
  );
});
