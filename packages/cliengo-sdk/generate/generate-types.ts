// node packages/cliengo-sdk/generate/generate-types.ts            writes src/generated/
// node packages/cliengo-sdk/generate/generate-types.ts --check    compares only; exit code 1 on a difference
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { firstDifference } from "./first-difference.ts";
import { readOpenApiDocument } from "./openapi-document.ts";
import { renderApiTypes } from "./render-api-types.ts";
import { renderSchemaHints } from "./render-schema-hints.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const source = new URL("../../../openapi/cliengo.openapi.yaml", import.meta.url);
const folder = new URL("../src/generated/", import.meta.url);

const document = await readOpenApiDocument(source);
const files = [
  { name: "cliengo-api.gen.ts", text: await renderApiTypes(document) },
  { name: "schema-hints.gen.ts", text: renderSchemaHints(document) },
];

if (values.check) {
  const stale: string[] = [];
  for (const { name, text } of files) {
    const stored = await readFile(new URL(name, folder), "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    const difference = firstDifference(stored, text);
    if (difference)
      stale.push(`packages/cliengo-sdk/src/generated/${name} does not match the OpenAPI file:\n${difference}`);
  }
  if (stale.length > 0) {
    console.error(`${stale.join("\n\n")}\n\nRun: node packages/cliengo-sdk/generate/generate-types.ts`);
    process.exitCode = 1;
  }
} else {
  await mkdir(folder, { recursive: true });
  for (const { name, text } of files) await writeFile(new URL(name, folder), text);
}
