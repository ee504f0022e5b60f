import { CommitUnknownError } from "@typeload/core";
import { duckdb } from "@typeload/destination-duckdb";
import { CommitUnansweredError, createSqlDestination } from "@typeload/destination-sql";
import type { SqlConnection } from "@typeload/destination-sql";
import { expect, it } from "vitest";
import { connectToFile } from "../src/duckdb-connection.ts";
import { duckdbDialect } from "../src/duckdb-dialect.ts";
import { resolveOptions } from "../src/duckdb-options.ts";
import { claim, commitOf, contact, contactTables, open, rowsOf, signal, stage, temporaryFile } from "./trial.ts";

// A COMMIT without an answer cannot be brought about in DuckDB at will, so it is put between the real connection and its user.
function losingAnswers(connection: SqlConnection, when: () => boolean): SqlConnection {
  return {
    query: (...given) => connection.query(...given),
    execute: (...given) => connection.execute(...given),
    bulkLoad: (...given) => connection.bulkLoad(...given),
    close: () => connection.close(),
    transaction: async (work, given) => {
      const result = await connection.transaction(work, given);
      if (when()) throw new CommitUnansweredError("the line went dead");
      return result;
    },
  };
}

it("a COMMIT without an answer is unknown, and known again on the next try", async () => {
  const path = temporaryFile();
  const plain = duckdb({ path });
  let lost = false;
  const destination = createSqlDestination({
    ...plain,
    dialect: duckdbDialect,
    connect: async (context) => losingAnswers(await connectToFile(resolveOptions({ path }), context), () => lost),
  });
  await using session = await open(destination);
  const staged = contactTables([contact("1.1", 1, "a", ["x"])]);
  const commit = commitOf({ loadId: "1.1", staged }, await claim(session));
  await session.prepare({ schema: commit.schema, tables: ["contacts", "contacts__tags"] }, signal);
  for (const table of staged) await stage(session, "1.1", table);
  lost = true;
  const unknown = await session.commit(commit, signal).catch((error: unknown) => error);
  expect(unknown).toBeInstanceOf(CommitUnknownError);
  expect(unknown).toMatchObject({ code: "commit_unknown", retryable: true, loadId: "1.1" });
  lost = false;
  expect(await session.commit(commit, signal)).toEqual({ alreadyCommitted: true, tables: {} });
  expect(await rowsOf(session, "contacts")).toHaveLength(1);
});
