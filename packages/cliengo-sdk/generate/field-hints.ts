import { openEnumValues } from "./open-enum-type.ts";
import { resolveSchema, type OpenApiDocument, type SchemaObject } from "./openapi-document.ts";

export interface FieldHint {
  /** Names of the members from the record down; `[]` stands for the items of an array. */
  readonly path: readonly string[];
  readonly type: "text" | "bigint" | "double" | "bool" | "timestamp" | "date" | "json";
}

const arrayItems = "[]";

/** The hints of every schema that names a resource, by resource, both in the order of the OpenAPI file. */
export function deriveFieldHints(document: OpenApiDocument): Readonly<Record<string, readonly FieldHint[]>> {
  return Object.fromEntries(
    Object.values(document.components.schemas).flatMap((schema) => {
      const resource = schema["x-resource"];
      return resource === undefined ? [] : [[resource, hintsOf(document, schema, [])]];
    }),
  );
}

/** The names of all members that hold a credential, sorted. */
export function deriveSecretMembers(document: OpenApiDocument): readonly string[] {
  const names = new Set<string>();
  const visit = (schema: SchemaObject): void => {
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      if (member["x-secret"] === true) names.add(name);
      visit(member);
    }
    for (const branch of schema.anyOf ?? []) visit(branch);
    if (schema.items) visit(schema.items);
    if (typeof schema.additionalProperties === "object") visit(schema.additionalProperties);
  };
  for (const schema of Object.values(document.components.schemas)) visit(schema);
  return [...names].toSorted();
}

function hintsOf(document: OpenApiDocument, schema: SchemaObject, path: readonly string[]): readonly FieldHint[] {
  const certainty = schema["x-certainty"];
  // Where sources disagree or are silent about a member, the data decides its type.
  if (certainty === "conflicting" || certainty === "unknown") return [];
  if (schema.$ref !== undefined) return hintsOf(document, resolveSchema(document, schema), path);
  if (schema["x-free-form"] === true) return [{ path, type: "json" }];
  if (openEnumValues(schema)) return [{ path, type: "text" }];
  if (schema.anyOf) {
    const branches = schema.anyOf.filter((branch) => branch.type !== "null");
    return branches.length === 1 && branches[0] ? hintsOf(document, branches[0], path) : [];
  }
  const types = [schema.type ?? []].flat().filter((type) => type !== "null");
  if (types.length !== 1) return [];
  switch (types[0]) {
    case "object":
      return Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
        hintsOf(document, member, [...path, name]),
      );
    case "array":
      return schema.items ? hintsOf(document, schema.items, [...path, arrayItems]) : [];
    case "string":
      return [{ path, type: stringType(schema.format) }];
    case "integer":
      return [{ path, type: "bigint" }];
    case "number":
      return [{ path, type: "double" }];
    case "boolean":
      return [{ path, type: "bool" }];
    default:
      throw new Error(`Member ${path.join(".")} has type ${JSON.stringify(schema.type)}, which has no logical type.`);
  }
}

function stringType(format: string | undefined): FieldHint["type"] {
  if (format === "date-time") return "timestamp";
  return format === "date" ? "date" : "text";
}
