import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const path = `${root}packages/core/test/source/in-an-editor.ts`;

/** What an editor says of a program: `|` is where the cursor is. */
function inAnEditor(program: string) {
  const cursor = program.indexOf("|");
  const text = program.replace("|", "");
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (file) => ts.sys.readFile(file)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [path],
    getScriptVersion: () => "1",
    getScriptSnapshot: (file) => ts.ScriptSnapshot.fromString(file === path ? text : (ts.sys.readFile(file) ?? "")),
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (of) => ts.getDefaultLibFilePath(of),
    fileExists: (file) => file === path || ts.sys.fileExists(file),
    readFile: (file) => ts.sys.readFile(file),
    directoryExists: (folder) => ts.sys.directoryExists(folder),
    getDirectories: (folder) => ts.sys.getDirectories(folder),
  });
  return {
    completions: service.getCompletionsAtPosition(path, cursor, {})?.entries.map(({ name }) => name),
    errors: service
      .getSemanticDiagnostics(path)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  };
}

const program = (key: string) => `
import { defineResource } from "../../src/index.ts";
interface Order { id: string; total: number }
export const orders = defineResource({
  name: "orders",
  ${key},
  async *read({ signal }) {
    signal.throwIfAborted();
    const page: Order[] = await Promise.resolve([]);
    yield page;
  },
});`;

describe("an editor", () => {
  it.each(["primaryKey", "mergeKey"])(
    "lists the members of a record for %s, and names them in the error",
    (option) => {
      const { completions, errors } = inAnEditor(program(`${option}: "|ID"`));
      expect(completions).toEqual(["id", "total"]);
      expect(errors).toHaveLength(1);
      expect(errors[0]).toMatch(
        /^Type '"ID"' is not assignable to type '"id" \| "total" \| readonly \("id" \| "total"\)\[\] \| undefined'/,
      );
    },
    60_000,
  );
});
