import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly content?: Readonly<Record<string, unknown>> }>
  >;
}

interface OpenApiFile {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
  };
}

/** One operation of the file, and the checks of what it may answer. */
export interface SpecifiedOperation {
  readonly operationId: string;
  readonly method: string;
  /** With `{name}` for segments that vary. */
  readonly path: string;
  /** What is wrong with an answer; empty when nothing is. */
  check(status: number, contentType: string, body: unknown): string[];
}

/** Every operation of `openapi/cliengo.openapi.yaml`. */
export function readOpenApiFile(): SpecifiedOperation[] {
  const text = readFileSync(new URL("../../../openapi/cliengo.openapi.yaml", import.meta.url), "utf8");
  // The file is linted by a gate of its own; here its shape is taken for granted.
  const file = parse(text) as OpenApiFile;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(file, "file");

  const validator = (pointer: string): ValidateFunction | undefined => ajv.getSchema(`file#${pointer}`);
  return Object.entries(file.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, operation]) => operation.operationId !== undefined)
      .map(([method, operation]) => ({
        operationId: operation.operationId,
        method: method.toUpperCase(),
        path,
        check(status: number, contentType: string, body: unknown): string[] {
          const key = operation.responses[status] === undefined ? "default" : String(status);
          const response = operation.responses[key];
          if (response === undefined || (key === "default" && status < 400))
            return [`status ${status} is not described`];
          const type = contentType.split(";")[0] ?? "";
          const target = response.$ref?.slice(1) ?? `/paths/${escape(path)}/${method}/responses/${key}`;
          const validate = validator(`${target}/content/${escape(type)}/schema`);
          if (validate === undefined) return [`${type} is not described for status ${status}`];
          return validate(body) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
        },
      })),
  );
}

/** A member's name as a segment of a JSON pointer in a URI fragment. */
function escape(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}
