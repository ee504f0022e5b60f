import { defineResource, pageBytes } from "@typeload/core";
import type { Resource } from "@typeload/core";
import type { CliengoReading } from "../cliengo-source.ts";
import { apiHints } from "../reading/api-hints.ts";
import { describeRequest } from "../reading/describe-request.ts";

/** The account the key belongs to: one record. */
export function accountResource({ client }: CliengoReading): Resource<"account"> {
  return defineResource({
    name: "account",
    primaryKey: "id",
    writeDisposition: "merge",
    unchanged: "keep",
    ...apiHints("account"),
    async *read({ signal }) {
      const { bytes, request } = await client.http.raw("/account", {}, { signal });
      yield pageBytes(bytes, { request: describeRequest(request) });
      return { rows: "proved", expected: 1, read: 1 };
    },
  });
}
