import { describe, expect, it } from "vitest";
import { compareWithDlt } from "./compare-with-dlt.ts";
import { dltPython, startDlt } from "./dlt-process.ts";
import { drawDocuments } from "./draw-documents.ts";

const python = await dltPython();
if (python === undefined)
  console.log(
    "skipped: documents loaded by dlt as well; there is no Python 3.10 with venv, or pip could not install dlt",
  );

// The long form: npm run fuzz:dlt -- --seed N --documents M
describe.skipIf(python === undefined)("random documents give the tables that dlt makes", { timeout: 120_000 }, () => {
  it.each([1, 2, 3, 4, 5])("set %i", async (seed) => {
    await using dlt = startDlt(python ?? "");
    expect(await compareWithDlt(dlt, drawDocuments(seed))).toEqual([]);
  });

  it("and a difference is seen: another cell, a child row less, another column", async () => {
    await using dlt = startDlt(python ?? "");
    const same = { disposition: "append", maxNesting: undefined, documents: 1 } as const;
    const lies = {
      load: (request: Parameters<typeof dlt.load>[0]) =>
        dlt.load({ ...request, records: '[{"id":1,"lines":[{"sku":"b"}]}]' }),
    };
    const found = await compareWithDlt(
      { ...dlt, ...lies },
      { ...same, batches: ['[{"id":1,"extra":2,"lines":[{"sku":"a"},{"sku":"b"}]}]'] },
    );
    expect(found.join("\n")).toMatch(/columns of t: dlt id; ours id, extra[\s\S]*only we have id 1 t__lines\[1\]/);
  });
});
