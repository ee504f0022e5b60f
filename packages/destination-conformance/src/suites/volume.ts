import { deepStrictEqual, ok } from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { RowBatch, Table } from "@typeload/core";
import { typedBatch } from "@typeload/core/testing";
import type { Suite } from "../check.ts";
import { identified, loadId, plainLoad, type TrialLoad, type TrialPart } from "../trial-load.ts";

const writeDisposition = { kind: "append" } as const;
const mebibyte = 1024 * 1024;
const stagedMebibytes = 256;
/** Of the 64 batches of 4 MiB that a part has: what a driver may have in flight. */
const allowedBatches = 16;

const measures: Table = {
  name: "measures",
  resource: "measures",
  columns: [
    { name: "n", dataType: "bigint" },
    { name: "label", dataType: "text" },
    { name: "_dlt_load_id", dataType: "text" },
    { name: "_dlt_id", dataType: "text", rowKey: true, unique: true },
  ],
};

const documents: Table = { name: "documents", resource: "documents", columns: [{ name: "body", dataType: "text" }] };

/** Loads of the size that a first load of an account has. How long they take is not asserted. */
export const volume: Suite = {
  name: "volume",
  checks: [
    {
      name: "a load of 100,000 rows in 50 parts arrives whole",
      run: async (bench) => {
        const load: TrialLoad = {
          ...plainLoad({ loadId: loadId(1), writeDisposition, table: measures, rows: [] }),
          parts: Array.from({ length: 50 }, (_, part) => partOf(part, 2_000)),
        };
        const result = await bench.load(load);
        deepStrictEqual(result.tables["measures"]?.inserted, 100_000);
        const rows = await bench.rows(measures);
        const wrong = rows.filter((row) => row["label"] !== `measure ${row["n"]}`);
        deepStrictEqual([rows.length, new Set(rows.map((row) => row["n"])).size, wrong], [100_000, 100_000, []]);
      },
    },
    {
      name: `a part of ${stagedMebibytes} MiB is staged without keeping its batches`,
      run: async (bench) => {
        const load = plainLoad({ loadId: loadId(1), writeDisposition, table: documents, rows: [] });
        await using attempt = await bench.begin(load);
        const sent: WeakRef<Uint8Array>[] = [];
        const rows = await attempt.stageBatches({ table: documents, part: 0, rows: [] }, longTexts(sent));
        deepStrictEqual(rows, (stagedMebibytes / 4) * 40);
        await turn();
        collectGarbage();
        const kept = sent.filter((bytes) => bytes.deref() !== undefined).length;
        await attempt.session.discard(load.loadId, bench.signal);
        ok(
          kept <= allowedBatches,
          `${kept} of ${sent.length} batches are still in memory: does it keep the batches of a part?`,
        );
      },
    },
  ],
};

function partOf(part: number, count: number): TrialPart {
  const rows = Array.from({ length: count }, (_, index) => {
    const n = part * count + index;
    return { n, label: `measure ${n}`, _dlt_id: `measure ${n}` };
  });
  return { table: measures, part, rows: identified(loadId(1), measures, rows) };
}

/** Batches of 4 MiB, each with bytes of its own, so that whoever keeps them can be told. */
async function* longTexts(sent: WeakRef<Uint8Array>[]): AsyncGenerator<RowBatch> {
  const body = "y".repeat((4 * mebibyte) / 40);
  const batch = typedBatch(
    documents,
    Array.from({ length: 40 }, () => ({ body })),
  );
  for (let made = 0; made < stagedMebibytes; made += 4) {
    const bytes = batch.bytes.slice();
    sent.push(new WeakRef(bytes));
    yield { ...batch, bytes };
  }
}

/** Without it, what is garbage and what is kept cannot be told apart. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  // What the flag puts into new contexts.
  const gc = runInNewContext("gc") as () => void;
  gc();
}
