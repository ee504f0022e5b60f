import ts from "typescript";
import type { SchemaObject } from "./openapi-document.ts";

/** The values that an `x-open-enum` schema knows, or undefined when the schema is none. */
export function openEnumValues(schema: SchemaObject): readonly string[] | undefined {
  if (schema["x-open-enum"] !== true) return undefined;
  const values = schema.anyOf?.flatMap((branch) => branch.enum ?? []) ?? [];
  if (values.length === 0) throw new Error("An x-open-enum schema needs anyOf: [{ enum: [...] }, { type: string }].");
  return values.map((value) => {
    if (typeof value === "string") return value;
    throw new Error(`An x-open-enum schema lists ${JSON.stringify(value)}; only strings are supported.`);
  });
}

/**
 * `"NEW" | "ACTIVE" | (string & {})`: editors complete the known values, and the compiler takes any other string.
 * A plain `| string` would swallow the literals, and completion with them.
 */
export function openEnumType(values: readonly string[]): ts.TypeNode {
  const literals = values.map((value) => ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(value)));
  const anyString = ts.factory.createParenthesizedType(
    ts.factory.createIntersectionTypeNode([
      ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
      ts.factory.createTypeLiteralNode([]),
    ]),
  );
  return ts.factory.createUnionTypeNode([...literals, anyString]);
}
