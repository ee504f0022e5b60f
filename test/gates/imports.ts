import { readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import ts from "typescript";
import { type Gate, repositoryFiles, root } from "./gate.ts";

/** What of this repository the source of each package may import. */
const mayImport: Record<string, readonly string[]> = {
  "cliengo-sdk": [],
  "cliengo-simulator": [],
  core: [],
  "source-cliengo": ["@typeload/core", "@typeload/cliengo-sdk"],
  "destination-sql": ["@typeload/core"],
  "destination-duckdb": ["@typeload/core", "@typeload/destination-sql"],
  "destination-postgres": ["@typeload/core", "@typeload/destination-sql"],
  "destination-conformance": ["@typeload/core"],
  cli: ["@typeload/core"],
};

/** The core's folders, each built on those before it. */
const stages = ["async", "scan", "source", "schema", "destination", "extract", "normalize", "load", "pipeline"];
/** Even types of these stay where they are; other types (a batch, a hint) are the words that stages talk in. */
const last = new Set(["load", "pipeline"]);

/** One direction: between packages, also by relative paths, and between the core's stages. */
export const importsGate: Gate = {
  name: "imports",
  mend: "the directions are in ARCHITECTURE.md; what two sides need lies below both",
  async check() {
    const files = await repositoryFiles("packages/*/src/*.ts");
    const wrong = files.flatMap((file) => wrongImports(file, readFileSync(`${root}/${file}`, "utf8")));
    return wrong.length === 0 ? undefined : wrong.join("\n");
  },
};

export function wrongImports(file: string, text: string): string[] {
  const [, owner = ""] = file.split("/");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const wrong: string[] = [];

  const look = (specifier: string, typeOnly: boolean, node: ts.Node): void => {
    const reason = specifier.startsWith(".")
      ? wrongRelative(file, join(dirname(file), specifier), typeOnly)
      : wrongPackage(owner, specifier);
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (reason !== undefined) wrong.push(`${file}:${line} ${specifier}: ${reason}`);
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
      if (ts.isStringLiteral(node.moduleSpecifier)) look(node.moduleSpecifier.text, isTypeOnly(node), node);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal)) look(node.argument.literal.text, true, node);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [target] = node.arguments;
      if (target !== undefined && ts.isStringLiteralLike(target)) look(target.text, false, node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return wrong;
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  if (clause.name !== undefined || names === undefined || !ts.isNamedImports(names)) return false;
  return names.elements.every((element) => element.isTypeOnly);
}

function wrongPackage(owner: string, specifier: string): string | undefined {
  if (!/^(@typeload\/|typeload(\/|$))/.test(specifier)) return undefined;
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  return mayImport[owner]?.includes(name) === true ? undefined : `${owner} may not import it`;
}

function wrongRelative(file: string, target: string, typeOnly: boolean): string | undefined {
  const [, owner, , from = ""] = file.split("/");
  if (!target.startsWith(`packages/${owner}/src/`)) return "leaves the package's src";
  if (owner !== "core") return undefined;
  const to = target.split("/")[3] ?? "";
  const [here, there] = [stages.indexOf(from), stages.indexOf(to)];
  if (here === -1 || there <= here) return undefined;
  if (!typeOnly) return `${to} is built on ${from}, not the other way round`;
  return last.has(to) ? `${from} knows nothing of ${to}, not even types` : undefined;
}
