import { readFileSync } from "node:fs";
import ts from "typescript";
import { capture, type Gate, root } from "./gate.ts";

/** A cast (`as`) overrules the compiler, so it says why: a comment on its line, or above its statement or member. */
export const castsGate: Gate = {
  name: "casts",
  mend: "say beside the cast why it is true, or better, do without it",
  async check() {
    const { stdout } = await capture("git", [
      "ls-files",
      "-co",
      "--exclude-standard",
      "packages/*/src/*.ts",
      "apps/*/src/*.ts",
    ]);
    const files = stdout
      .split("\n")
      .filter((file) => file !== "" && !file.includes("/generated/") && ts.sys.fileExists(`${root}/${file}`));
    const wrong = files.flatMap((file) => unexplainedCasts(file, readFileSync(`${root}/${file}`, "utf8")));
    return wrong.length === 0 ? undefined : wrong.join("\n");
  },
};

export function unexplainedCasts(file: string, text: string): string[] {
  if (!text.includes(" as ")) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const wrong: string[] = [];

  const visit = (node: ts.Node): void => {
    if (ts.isAsExpression(node) && !isHarmless(node) && !isExplained(node, source)) {
      const { line } = source.getLineAndCharacterOfPosition(node.type.getStart());
      wrong.push(`${file}:${line + 1} ${node.getText().split("\n").at(-1)?.slice(-100) ?? ""}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return wrong;
}

/** `as const` and `as unknown` take nothing from the compiler. */
function isHarmless({ type }: ts.AsExpression): boolean {
  return ts.isConstTypeReference(type) || type.kind === ts.SyntaxKind.UnknownKeyword;
}

/** From the comment above the statement (or member of an object, array or class) to the end of the cast's last line. */
function isExplained(cast: ts.AsExpression, source: ts.SourceFile): boolean {
  let holder: ts.Node = cast;
  while (
    !ts.isStatement(holder) &&
    !ts.isClassElement(holder) &&
    !ts.isObjectLiteralElement(holder) &&
    !ts.isSourceFile(holder.parent)
  ) {
    holder = holder.parent;
  }
  const endOfLine = source.text.indexOf("\n", cast.end);
  const around = source.text.slice(holder.getFullStart(), endOfLine === -1 ? undefined : endOfLine);
  return /\/\/|\*\//.test(around);
}
