import type { OpenApiDocument } from "./openapi-document.ts";

// "seen-in-code" is the usual case, and "documented" and "measured" are better: saying so at each member is noise.
const weakCertainties: readonly unknown[] = ["inferred", "conflicting", "unknown"];

/**
 * A copy of the document for the type generator: examples of answers are left out, which would only swell the comments,
 * and a weak `x-certainty` becomes a sentence of the description, so that editors show it.
 */
export function documentForTypes(document: OpenApiDocument): OpenApiDocument {
  // Only texts change and examples go, so the copy has the shape of the original.
  return copy(document) as OpenApiDocument;
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== "object" || value === null) return value;
  const members = new Map(Object.entries(value));
  if (members.has("schema")) members.delete("example");
  const result = Object.fromEntries([...members].map(([name, member]) => [name, copy(member)]));
  const certainty = members.get("x-certainty");
  if (weakCertainties.includes(certainty)) {
    const description = String(members.get("description") ?? "").trimEnd();
    result["description"] = `${description} Certainty: ${String(certainty)}.`.trimStart();
  }
  return result;
}
