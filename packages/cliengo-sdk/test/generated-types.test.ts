import { readFile } from "node:fs/promises";
import { describe, expect, expectTypeOf, test } from "vitest";
import { deriveFieldHints, deriveSecretMembers } from "../generate/field-hints.ts";
import { firstDifference } from "../generate/first-difference.ts";
import { readOpenApiDocument, type OpenApiDocument, type SchemaObject } from "../generate/openapi-document.ts";
import { renderApiTypes } from "../generate/render-api-types.ts";
import { renderSchemaHints } from "../generate/render-schema-hints.ts";
import type { Contact, ContactList, ContactStatus, ContactUpdate, paths } from "../src/generated/cliengo-api.gen.ts";
import { fieldHints, secretMembers } from "../src/generated/schema-hints.gen.ts";

const document = await readOpenApiDocument(new URL("../../../openapi/cliengo.openapi.yaml", import.meta.url));
const stored = (name: string) => readFile(new URL(`../src/generated/${name}`, import.meta.url), "utf8");

function documentOf(schemas: Record<string, SchemaObject>): OpenApiDocument {
  return { openapi: "3.1.0", paths: {}, components: { schemas } };
}

describe("generated files", () => {
  test("are what the OpenAPI file gives, byte for byte, each time", async () => {
    expect(firstDifference(await stored("cliengo-api.gen.ts"), await renderApiTypes(document))).toBe("");
    expect(firstDifference(await stored("schema-hints.gen.ts"), renderSchemaHints(document))).toBe("");
    expect(await renderApiTypes(document)).toBe(await renderApiTypes(document));
  });

  test("a change in the OpenAPI file shows, with the line and both texts", async () => {
    const changed = {
      ...document,
      components: { ...document.components, schemas: { ...document.components.schemas, Added: { type: "object" } } },
    };
    const difference = firstDifference(await stored("cliengo-api.gen.ts"), await renderApiTypes(changed));
    expect(difference).toMatch(/^@@ line \d+ @@\n- /);
    expect(difference).toContain("+         Added: Record<string, unknown>;");
  });

  test("a shorter stored text differs from a longer one", () => {
    expect(firstDifference("a\n", "a\nb\n")).toBe("@@ line 2 @@\n- \n+ b\n+ ");
    expect(firstDifference("a\n", "a\n")).toBe("");
  });
});

describe("types", () => {
  test("an open enum completes its known values and takes any other", () => {
    expectTypeOf<"NEW">().toExtend<ContactStatus>();
    expectTypeOf<"ADDED_TOMORROW">().toExtend<ContactStatus>();
    // Had the literals been swallowed by string, the two would be equal and an editor would offer nothing.
    expectTypeOf<ContactStatus>().not.toEqualTypeOf<string>();
    expectTypeOf<number>().not.toExtend<ContactStatus>();
  });

  test("the key of a contact is sure, the rest may be missing, undefined or null", () => {
    expectTypeOf<Contact["id"]>().toEqualTypeOf<string>();
    expectTypeOf<Contact["email"]>().toEqualTypeOf<string | null | undefined>();
    expectTypeOf<{ id: string; email: undefined }>().toExtend<Contact>();
    expectTypeOf<{ rating: undefined }>().toExtend<ContactUpdate>();
    expectTypeOf<Contact["leadFields"]>().toEqualTypeOf<{ [key: string]: unknown } | null | undefined>();
  });

  test("a misspelt member of a contact is an error, although unknown members are accepted", () => {
    expectTypeOf<Contact>().not.toHaveProperty("emial");
  });

  test("a list is any of the accepted envelopes", () => {
    expectTypeOf<Contact[]>().toExtend<ContactList>();
    expectTypeOf<{ results: Contact[] }>().toExtend<ContactList>();
    expectTypeOf<{ contacts: Contact[] }>().toExtend<ContactList>();
    expectTypeOf<{ detail: string }>().not.toExtend<ContactList>();
  });

  test("paths carry parameters for openapi-fetch", () => {
    type Query = NonNullable<paths["/contacts"]["get"]["parameters"]["query"]>;
    expectTypeOf<Query["since"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<paths["/sites/{id}"]["patch"]["parameters"]["path"]>().toEqualTypeOf<{ id: string }>();
  });
});

describe("field hints", () => {
  const typeOf = (resource: keyof typeof fieldHints, ...path: string[]) =>
    fieldHints[resource].find((hint) => JSON.stringify(hint.path) === JSON.stringify(path))?.type;

  test("cover the ten resources", () => {
    expect(Object.keys(fieldHints).toSorted()).toEqual([
      "account",
      "chatbots",
      "contact_history",
      "contact_messages",
      "contact_notes",
      "contacts",
      "conversation_messages",
      "conversations",
      "sites",
      "users",
    ]);
    expect(fieldHints).toEqual(deriveFieldHints(document));
  });

  test.each([
    ["contacts", ["id"], "text"],
    ["contacts", ["creationDate"], "timestamp"],
    ["contacts", ["rating"], "double"],
    ["contacts", ["age"], "double"],
    ["contacts", ["duplicatedContact"], "bool"],
    ["contacts", ["geoip", "city"], "text"],
    ["contacts", ["leadFields"], "json"],
    ["contacts", ["status"], "text"],
    ["account", ["leadCount"], "bigint"],
    ["account", ["planPrice"], "double"],
    ["account", ["planLimits", "[]", "unitCount"], "bigint"],
    ["account", ["tags"], "json"],
    ["sites", ["tags", "[]"], "text"],
    ["conversations", ["conversationContext"], "json"],
    ["conversation_messages", ["sender", "id"], "text"],
    ["conversation_messages", ["recipient_status"], "json"],
  ] as const)("%s %j is %s", (resource, path, type) => {
    expect(typeOf(resource, ...path)).toBe(type);
  });

  test.each([
    ["contacts", "assignedTo", "a string or an object"],
    ["contacts", "notes", "items unknown"],
    ["chatbots", "askTimeToCall", "a boolean or a string"],
    ["account", "freeTrialExpirationDate", "a date of unknown form"],
    ["contact_notes", "id", "the same column as ID, and never seen"],
  ] as const)("%s %s has none: %s", (resource, name, _reason) => {
    // A wrong hint would force a column type on data that does not fit it; without one the data decides.
    expect(fieldHints[resource].filter((hint) => hint.path[0] === name)).toEqual([]);
  });

  test("are derived through references, null branches and arrays, and not from doubtful members", () => {
    const hints = deriveFieldHints(
      documentOf({
        Thing: {
          "x-resource": "things",
          type: "object",
          properties: {
            day: { type: ["string", "null"], format: "date" },
            part: { anyOf: [{ $ref: "#/components/schemas/Part" }, { type: "null" }] },
            parts: { type: "array", items: { type: "array", items: { $ref: "#/components/schemas/Part" } } },
            doubtful: { type: "string", "x-certainty": "conflicting" },
            named: { type: "string", "x-certainty": "unknown" },
            either: { type: ["string", "boolean"] },
            anything: {},
          },
        },
        Part: { type: "object", properties: { size: { type: "integer", "x-certainty": "inferred" } } },
      }),
    );
    expect(hints).toEqual({
      things: [
        { path: ["day"], type: "date" },
        { path: ["part", "size"], type: "bigint" },
        { path: ["parts", "[]", "[]", "size"], type: "bigint" },
      ],
    });
  });

  test("a reference to nothing is an error that names it", () => {
    const broken = documentOf({
      Thing: { "x-resource": "things", properties: { part: { $ref: "#/components/schemas/Gone" } }, type: "object" },
    });
    expect(() => deriveFieldHints(broken)).toThrow("#/components/schemas/Gone");
  });
});

test("secret members are the tokens", () => {
  expect(secretMembers).toEqual(["fbPageAccessToken", "jwt", "wavyAccessToken"]);
  expect(deriveSecretMembers(document)).toEqual(secretMembers);
});
