import { memoryCapabilities, memoryDestination } from "@typeload/core/testing";
import { describeDestination } from "@typeload/destination-conformance";
import { describe, it } from "vitest";

describeDestination({
  name: "memory",
  create: async () => ({ destination: memoryDestination(), dataset: "trial", async [Symbol.asyncDispose]() {} }),
  readTable: ({ session, table }) => session.query(`SELECT * FROM "${table.replaceAll('"', '""')}"`),
  runner: { describe, it },
  expects: memoryCapabilities,
});
