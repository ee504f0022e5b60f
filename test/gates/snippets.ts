import { readFileSync } from "node:fs";
import ts from "typescript";
import { type Gate, repositoryFiles, root } from "./gate.ts";

interface Snippet {
  file: string;
  /** Of the first line of code, counted from 0. */
  line: number;
  code: string;
}

/**
 * Every ```ts block of a README and of docs/ is a program that compiles under the repository's own strict options,
 * against the packages' source. A block that goes on from the one before it in the same file is fenced ```ts continues.
 */
export const snippetsGate: Gate = {
  name: "snippets",
  mend: "mend the example; one that goes on from the block before it is fenced ```ts continues",
  async check() {
    const all = await repositoryFiles("*.md");
    const files = all.filter((file) => !file.startsWith(".") && !/CHANGELOG\.md$|\.api\.md$/.test(file));
    const snippets = files.flatMap((file) => snippetsOf(file, readFileSync(`${root}/${file}`, "utf8")));
    const wrong = diagnose(snippets);
    return wrong.length === 0 ? undefined : wrong.join("\n");
  },
};

export function snippetsOf(file: string, markdown: string): Snippet[] {
  const found: Snippet[] = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const fence = /^\s*(`{3,}|~{3,})(?:ts|tsx|mts|typescript)( [^`]*)?$/.exec(lines[at] ?? "");
    if (!fence) continue;
    const start = at + 1;
    let end = start;
    while (end < lines.length && lines[end]?.trim() !== fence[1]) end++;
    const code = lines.slice(start, end).join("\n");
    const before = fence[2]?.trim() === "continues" ? found.at(-1) : undefined;
    if (before)
      before.code += "\n".repeat(Math.max(1, start - before.line - before.code.split("\n").length + 1)) + code;
    else found.push({ file, line: start, code });
    at = end;
  }
  return found;
}

export function diagnose(snippets: readonly Snippet[]): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    `${root}/tsconfig.json`,
    { noUnusedLocals: false, noUnusedParameters: false },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic(diagnostic) {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
      },
    },
  );
  if (!config) throw new Error("tsconfig.json can't be read");

  // Each is a file that exists only in memory, beside its Markdown file, so that its imports resolve from there.
  const virtual = new Map(snippets.map((snippet) => [`${root}/${snippet.file}.${snippet.line}.ts`, snippet]));
  const host = ts.createCompilerHost(config.options);
  const fileExists = host.fileExists.bind(host);
  const readFile = host.readFile.bind(host);
  host.fileExists = (name) => virtual.has(name) || fileExists(name);
  host.readFile = (name) => virtual.get(name)?.code ?? readFile(name);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    const snippet = virtual.get(name);
    return snippet ? ts.createSourceFile(name, snippet.code, rest[0], true) : getSourceFile(name, ...rest);
  };

  const program = ts.createProgram([...virtual.keys()], config.options, host);
  return [...virtual].flatMap(([name, snippet]) => {
    const source = program.getSourceFile(name);
    if (!source) return [`${snippet.file}:${snippet.line + 1} could not be read`];
    const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return diagnostics.map((diagnostic) => {
      const { line } = source.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
      return `${snippet.file}:${snippet.line + line + 1} ${ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n  ")}`;
    });
  });
}
