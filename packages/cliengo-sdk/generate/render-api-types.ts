import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import { documentForTypes } from "./document-for-types.ts";
import { generatedHeader } from "./generated-header.ts";
import { openEnumType, openEnumValues } from "./open-enum-type.ts";
import type { OpenApiDocument, SchemaObject } from "./openapi-document.ts";

/** The text of the module with `paths`, `operations`, `components`, and one exported type for each schema. */
export async function renderApiTypes(document: OpenApiDocument): Promise<string> {
  // Our own type names only what we read; the file as a whole is OpenAPI 3.1, which the lint gate checks.
  const nodes = await openapiTS(documentForTypes(document) as unknown as OpenAPI3, {
    alphabetize: false,
    emptyObjectsUnknown: true,
    silent: true,
    transform: (schema) => {
      // The extension members are not in the generator's own schema type.
      const values = openEnumValues(schema as SchemaObject);
      return values && openEnumType(values);
    },
  });
  const names = Object.keys(document.components.schemas).toSorted();
  const aliases = names.map((name) => `export type ${name} = components["schemas"]["${name}"];\n`);
  return `${generatedHeader}\n${astToString(nodes.map(withUndefinedInSchemas))}${aliases.join("")}`;
}

/**
 * Types optional members of the schemas as `?: T | undefined`, so that callers who compile with
 * `exactOptionalPropertyTypes` may pass an undefined member. The interfaces of paths and operations stay as they are:
 * openapi-fetch tells required from optional by them.
 */
function withUndefinedInSchemas(node: ts.Node): ts.Node {
  if (!ts.isInterfaceDeclaration(node) || node.name.text !== "components") return node;
  const visit = (child: ts.Node): ts.Node => {
    const visited = ts.visitEachChild(child, visit, undefined);
    if (!ts.isPropertySignature(visited) || !visited.questionToken || !visited.type) return visited;
    const undefinedType = ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword);
    const types = ts.isUnionTypeNode(visited.type) ? visited.type.types : [visited.type];
    return ts.factory.updatePropertySignature(
      visited,
      visited.modifiers,
      visited.name,
      visited.questionToken,
      ts.factory.createUnionTypeNode([...types, undefinedType]),
    );
  };
  const members = node.members.map((member) => {
    const isSchemas = ts.isPropertySignature(member) && ts.isIdentifier(member.name) && member.name.text === "schemas";
    // A visitor that answers a property signature for a property signature keeps the kind of the member.
    return isSchemas ? (visit(member) as ts.TypeElement) : member;
  });
  return ts.factory.updateInterfaceDeclaration(
    node,
    node.modifiers,
    node.name,
    node.typeParameters,
    node.heritageClauses,
    members,
  );
}
