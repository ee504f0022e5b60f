import { readFile } from "node:fs/promises";
import { parse } from "yaml";

/** How sure a fact about the API is, surest first. */
export const certainties = ["documented", "measured", "seen-in-code", "inferred", "conflicting", "unknown"] as const;
export type Certainty = (typeof certainties)[number];

/** What the generator reads of a JSON Schema; other keywords are left alone. */
export interface SchemaObject {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaObject[];
  readonly items?: SchemaObject;
  readonly properties?: Readonly<Record<string, SchemaObject>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SchemaObject;
  readonly "x-open-enum"?: boolean;
  readonly "x-free-form"?: boolean;
  readonly "x-secret"?: boolean;
  readonly "x-resource"?: string;
  readonly "x-certainty"?: Certainty;
  readonly "x-source"?: string;
}

/** What the generator reads of the OpenAPI file. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, SchemaObject>> };
}

/** Reads an OpenAPI 3.1 file in YAML. The gates lint it, so its outer shape is only glanced at here. */
export async function readOpenApiDocument(file: URL): Promise<OpenApiDocument> {
  // `yaml` answers unknown content; the checks below and the lint gate stand for the shape.
  const document = parse(await readFile(file, "utf8")) as Partial<OpenApiDocument> | null;
  if (!document?.openapi?.startsWith("3.1.") || !document.paths || !document.components?.schemas) {
    throw new Error(`${file.pathname} is not an OpenAPI 3.1 file with paths and components.schemas.`);
  }
  return { ...document, openapi: document.openapi, paths: document.paths, components: document.components };
}

const schemaPrefix = "#/components/schemas/";

/** Follows a `$ref` to a component schema; a schema without one is answered as it is. */
export function resolveSchema(document: OpenApiDocument, schema: SchemaObject): SchemaObject {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.startsWith(schemaPrefix) ? schema.$ref.slice(schemaPrefix.length) : undefined;
  const target = name === undefined ? undefined : document.components.schemas[name];
  if (target === undefined)
    throw new Error(`The OpenAPI file has no schema ${schema.$ref}. Use a name under ${schemaPrefix}.`);
  return resolveSchema(document, target);
}
