import { deriveFieldHints, deriveSecretMembers, type FieldHint } from "./field-hints.ts";
import { generatedHeader } from "./generated-header.ts";
import type { OpenApiDocument } from "./openapi-document.ts";

/** The text of the module with what a loader wants to know of the OpenAPI file, as plain data. */
export function renderSchemaHints(document: OpenApiDocument): string {
  const resources = Object.entries(deriveFieldHints(document)).map(
    ([resource, hints]) => `  ${resource}: [\n${hints.map(renderHint).join("")}  ],\n`,
  );
  const secrets = deriveSecretMembers(document).map((name) => `  ${JSON.stringify(name)},\n`);
  return `${generatedHeader}
/** A logical type, in dlt's words. */
export type FieldHintType = "text" | "bigint" | "double" | "decimal" | "bool" | "timestamp" | "date" | "json";

export interface FieldHint {
  /** Names of the members from the record down; \`[]\` stands for the items of an array. */
  readonly path: readonly string[];
  readonly type: FieldHintType;
}

/**
 * What the OpenAPI file says about the type of each member, by resource. A member has no hint where sources disagree
 * or are silent about its type. A free-form map is one \`json\` value.
 */
export const fieldHints = {
${resources.join("")}} as const satisfies { readonly [resource: string]: readonly FieldHint[] };

/** Names of the members, in any record or answer, that hold a credential. */
export const secretMembers = [
${secrets.join("")}] as const satisfies readonly string[];
`;
}

function renderHint({ path, type }: FieldHint): string {
  return `    { path: [${path.map((name) => JSON.stringify(name)).join(", ")}], type: ${JSON.stringify(type)} },\n`;
}
