import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type CliengoSimulator, startCliengoSimulator } from "@typeload/cliengo-simulator";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { capture, root } from "../gates/gate.ts";
import { installConsumer } from "./install-consumer.ts";
import { installLowestNode, lowestNode } from "./lowest-node.ts";
import { packPackages } from "./pack-packages.ts";

// The SDK alone, from its tarball, in an empty project: it reads 5,000 contacts, which is past the offset ceiling, on
// every runtime that it says it runs on.
const contacts = 5000;
const modules = `${root}/node_modules`;

let folder: string;
let simulator: CliengoSimulator;
let lowest: string | undefined;

beforeAll(async () => {
  // All of them created after the day from which the README's program reads, many in one day and in one minute.
  const bursts = [
    { at: "2026-07-03T10:00:00Z", records: 400 },
    { at: "2026-03-03T03:15:00Z", records: 50, seconds: 60 },
  ];
  simulator = await startCliengoSimulator({ contacts, seed: 7, now: "2026-11-01T00:00:00Z", years: 0.75, bursts });
  folder = await mkdtemp(join(tmpdir(), "typeload-runtimes-"));
  const packed = await packPackages(join(folder, "tarballs"));
  await installConsumer({ folder, packed, names: ["@typeload/cliengo-sdk"] });
  lowest = await installLowestNode(join(folder, "lowest-node"));

  const { url, apiKey } = simulator;
  await writeFile(
    join(folder, "read-contacts.mjs"),
    `import { Cliengo } from "@typeload/cliengo-sdk";
export async function readContacts() {
  const cliengo = new Cliengo({ apiKey: ${JSON.stringify(apiKey)}, baseUrl: ${JSON.stringify(url)} });
  const ids = new Set();
  for await (const contact of cliengo.contacts.list({ limit: 100 })) ids.add(contact.id);
  return ids.size;
}
`,
  );
  await writeFile(
    join(folder, "main.mjs"),
    `import { readContacts } from "./read-contacts.mjs";\nconsole.log(await readContacts());\n`,
  );
}, 120_000);

afterAll(async () => {
  await simulator?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const runtimes = [
  { title: `Node ${lowestNode}`, program: () => lowest, args: ["main.mjs"] },
  { title: "this Node", program: () => process.execPath, args: ["main.mjs"] },
  { title: "Bun", program: () => `${modules}/@oven/bun-linux-x64/bin/bun`, args: ["main.mjs"] },
  {
    title: "Deno",
    program: () => `${modules}/@deno/linux-x64-glibc/deno`,
    args: ["run", "--allow-net=127.0.0.1", "main.mjs"],
  },
];

it.for(runtimes)("reads every contact on $title", async ({ program: find, args }, { skip }) => {
  const program = find();
  if (program === undefined || !existsSync(program)) return skip("npm has none for this system");
  const { code, output } = await capture(program, args, folder);
  expect(output).toBe(String(contacts));
  expect(code).toBe(0);
});

it(
  "runs the program of the README as it stands there: it prints the address of every contact",
  { timeout: 60_000 },
  async () => {
    const readme = await readFile(`${root}/README.md`, "utf8");
    const program = /## The SDK alone\n.*?```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
    expect(program).toContain('contacts.list({ since: "2026-01-01" })');
    await writeFile(join(folder, "readme.mjs"), program);
    const address = "https://api.cliengo.com/1.0";
    const toSimulator = `const real = globalThis.fetch;
globalThis.fetch = (url, init) => real(String(url).replace("${address}", ${JSON.stringify(simulator.url)}), init);`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", `data:text/javascript,${encodeURIComponent(toSimulator)}`, "readme.mjs"],
      { cwd: folder, env: { ...process.env, CLIENGO_API_KEY: simulator.apiKey } },
    );
    const emails = [...simulator.model.contacts].map(({ email }) => String(email));
    expect(emails).toHaveLength(contacts);
    expect(stdout.trimEnd().split("\n").toSorted()).toEqual(emails.toSorted());
  },
);

it("reads every contact on workerd", async ({ skip }) => {
  const program = `${modules}/@cloudflare/workerd-linux-64/bin/workerd`;
  if (!existsSync(program)) skip("npm has it for Linux on x64 only");
  await writeFile(
    join(folder, "worker.mjs"),
    `import { readContacts } from "./read-contacts.mjs";
export default { async test() { console.log("contacts", await readContacts()); } };
`,
  );
  await build({
    entryPoints: [join(folder, "worker.mjs")],
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    logLevel: "silent",
  });
  await writeFile(
    join(folder, "worker.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [
  (name = "main", worker = (
    modules = [(name = "worker", esModule = embed "worker.js")],
    compatibilityDate = "2026-01-01",
    globalOutbound = "loopback",
  )),
  (name = "loopback", network = (allow = ["local"])),
]);
`,
  );
  const { code, output } = await capture(program, ["test", "worker.capnp"], folder);
  expect(output).toContain(`contacts ${contacts}`);
  expect(code, output).toBe(0);
});
