import { readFileSync } from "node:fs";
import ts from "typescript";
import { type Gate, repositoryFiles, root } from "./gate.ts";

/** A cast (`as`) overrules the compiler, so it says why: a comment on its line, or above its statement or member. */
export const castsGate: Gate = {
  name: "casts",
  mend: "say beside the cast why it is true, or better, do without it",
  async check() {
    const all = await repositoryFiles("packages/*/src/*.ts", "packages/*/generate/*.ts", "apps/*/src/*.ts");
    const files = all.filter((file) => !file.includes("/generated/"));
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
  const { text } = source;
  const endOfLine = text.indexOf("\n", cast.end);
  const start = ownStart(holder, text);
  const end = endOfLine === -1 ? text.length : endOfLine;
  return commentsOf(holder, text).some(({ pos }) => pos >= start && pos < end);
}

/** Where what belongs to a statement begins: a comment that trails the line before is about that line. */
function ownStart(node: ts.Node, text: string): number {
  const start = node.getFullStart();
  if (start === 0) return start;
  return ts.getTrailingCommentRanges(text, start)?.at(-1)?.end ?? start;
}

/** The comments before, in and behind a node, by its tokens: the slashes of an address in a text are none. */
function commentsOf(node: ts.Node, text: string): ts.CommentRange[] {
  const behind = /^[,;)\]} ]*/.exec(text.slice(node.end))?.[0].length ?? 0;
  const found = [...(ts.getTrailingCommentRanges(text, node.end + behind) ?? [])];
  const visit = (one: ts.Node): void => {
    found.push(...(ts.getLeadingCommentRanges(text, one.getFullStart()) ?? []));
    found.push(...(ts.getTrailingCommentRanges(text, one.end) ?? []));
    one.getChildren().forEach(visit);
  };
  visit(node);
  return found;
}
