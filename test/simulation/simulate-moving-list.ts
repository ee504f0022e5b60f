import { PipelineRunError } from "@typeload/core";
import { memoryDestination } from "@typeload/core/testing";
import { openTrial } from "../pipelines/cliengo-trial.ts";
import type { CliengoTrial } from "../pipelines/cliengo-trial.ts";
import { drawScenario } from "./draw-scenario.ts";
import type { Scenario } from "./draw-scenario.ts";

/** What came of a seed. */
export interface SimulatedSeed {
  readonly seed: number;
  /** A word for each run: the verdict of contacts, or `failed`. */
  readonly runs: readonly string[];
  /** Windows that the last run knew. */
  readonly windows: number;
  /** What must not be, empty where all is well. */
  readonly wrong: readonly string[];
}

/**
 * Loads contacts while the account changes and answers go wrong, then again at rest. Whatever happened: no contact stands twice or in part;
 * whoever was there during a whole run is loaded, or the run does not call contacts `proved`; and at rest nothing stays lost.
 */
export async function simulateMovingList(seed: number): Promise<SimulatedSeed> {
  const scenario = drawScenario(seed);
  const pipeline = { destination: memoryDestination() };
  await using trial = await openTrial({ simulator: scenario.simulator, pipeline });
  const { faults, changes } = trial.simulator;
  const runs: string[] = [];
  const wrong: string[] = [];
  let windows = 0;

  const run = async (what: string, signal?: AbortSignal): Promise<void> => {
    const before = scopeOf(trial, scenario);
    const written = trial.simulator.model.journal.length;
    let verdict = "failed";
    try {
      const { resources } = await trial.run({ source: scenario.source, signal });
      const contacts = resources["contacts"];
      verdict = contacts?.completeness.rows ?? "none";
      windows = (contacts?.partitions.read ?? 0) + (contacts?.partitions.skipped ?? 0);
    } catch (error) {
      if (!(error instanceof PipelineRunError)) throw error;
      if (scenario.end === "none" || what === "at rest") wrong.push(`the run ${what} failed: ${error.message}`);
    }
    runs.push(verdict);
    const touched = new Set(trial.simulator.model.journal.slice(written).map(({ id }) => id));
    const loaded = await checkRows(trial, wrong);
    const missing = before.filter((id) => !touched.has(id) && !loaded.has(id));
    if (verdict === "proved" && missing.length > 0) wrong.push(`${what}: proved, but without ${missing.join(", ")}`);
  };

  for (let troubled = 0; troubled < scenario.troubledRuns; troubled += 1) {
    const controller = new AbortController();
    plant(trial, scenario, controller);
    await run("in trouble", controller.signal);
    faults.clear();
    changes.clear();
  }
  await run("at rest");
  // One turn of the sweep shows what earlier runs could not see.
  const turns = scenario.source.sweepWindows === 0 ? 0 : Math.ceil(windows / scenario.source.sweepWindows) + 1;
  for (let turn = 0; turn < turns; turn += 1) await run("at rest");
  if (turns > 0 && runs.at(-1) !== "truncated") await checkContents(trial, scenario, wrong);
  if (turns > 0 && runs.at(-1) === "unproved") wrong.push("contacts stay unproved at rest");
  return { seed, runs, windows, wrong };
}

/** Everything that the scenario does to one run. */
function plant(trial: CliengoTrial, scenario: Scenario, controller: AbortController): void {
  const { faults, changes, requests } = trial.simulator;
  const match = { path: "/contacts" };
  const { end, endAt, stormFaults, stormRate, lie, lieRate, churn, shiftRate } = scenario;
  changes.churn({ ...churn, match });
  if (end === "aborted") changes.at(requests.count + endAt, () => controller.abort());
  if (end === "window refused") refuseWindow(trial, endAt);
  if (end === "refused") faults.add({ kind: "status", status: 500, match, nth: endAt, times: Infinity });
  faults.storm({ faults: stormFaults, rate: stormRate, match });
  changes.when({ ...match, times: Infinity }, (model, { request: { query }, random }) => {
    const offset = Number(query["offset"] ?? 0);
    if (offset === 0 || query["limit"] !== "50" || !random.chance(shiftRate)) return;
    const until = query["until"];
    const first = until === undefined ? 0 : model.contacts.countCreatedFrom(Date.parse(until));
    for (let deleted = random.integer(1, 3); deleted > 0; deleted -= 1) {
      const id = model.contacts.idAt(first + random.integer(0, offset - 1));
      if (id !== undefined) model.contacts.delete(id);
    }
  });
  const total = (truth: number): number => Math.max(0, truth + lie);
  faults.storm({ faults: [{ kind: "wrong-total", total }], rate: lieRate, mostInARow: Infinity, match });
}

/** Refuses every page of the window that is asked for as the `nth`. */
function refuseWindow({ simulator: { faults } }: CliengoTrial, nth: number): void {
  const spans = new Set<string>();
  faults.add({
    kind: "status",
    status: 500,
    times: Infinity,
    match: {
      path: "/contacts",
      where({ query: { limit, since = "", until = "" } }) {
        if (limit !== "50") return false;
        spans.add(`${since}..${until}`);
        return [...spans].indexOf(`${since}..${until}`) === nth - 1;
      },
    },
  });
}

/** The contacts that the source is asked for, by the model. */
function scopeOf({ simulator: { model } }: CliengoTrial, { source: { since }, simulator }: Scenario): string[] {
  const from = since === undefined ? -Infinity : Date.parse(`${since}T00:00:00${simulator.dateZone ?? "Z"}`);
  return [...model.contacts.ids()].filter((id) => (model.contacts.createdOf(id) ?? 0) >= from);
}

async function rowsOf(trial: CliengoTrial, table: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  try {
    return await trial.pipeline().query(`SELECT * FROM "${table}"`);
  } catch (error) {
    // A run that failed early has made no table.
    if (error instanceof Error && "code" in error && error.code === "unknown_table") return [];
    throw error;
  }
}

/** Every contact once, of a load that is written down as done, and as the model has those that nobody changed. */
async function checkRows(trial: CliengoTrial, wrong: string[]): Promise<ReadonlySet<string>> {
  const { model } = trial.simulator;
  const loads = new Set((await rowsOf(trial, "_dlt_loads")).map((row) => row["load_id"]));
  const touched = new Set(model.journal.map(({ id }) => id));
  const loaded = new Set<string>();
  for (const row of await rowsOf(trial, "contacts")) {
    const id = String(row["id"]);
    if (loaded.has(id)) wrong.push(`${id} stands twice`);
    loaded.add(id);
    if (!loads.has(row["_dlt_load_id"])) wrong.push(`${id} is of a load that is not written down`);
    if (!touched.has(id) && !isCurrent(trial, row)) wrong.push(`${id} does not stand as Cliengo has it`);
  }
  return loaded;
}

/** At rest, after a turn of the sweep: every contact is there with its last edit. */
async function checkContents(trial: CliengoTrial, scenario: Scenario, wrong: string[]): Promise<void> {
  const rows = new Map((await rowsOf(trial, "contacts")).map((row) => [String(row["id"]), row]));
  for (const id of scopeOf(trial, scenario)) {
    const row = rows.get(id);
    if (row === undefined) wrong.push(`${id} stays lost`);
    else if (!isCurrent(trial, row)) wrong.push(`the edit of ${id} stays unseen`);
  }
}

function isCurrent({ simulator: { model } }: CliengoTrial, row: Readonly<Record<string, unknown>>): boolean {
  const contact = model.contacts.get(String(row["id"]));
  return ["name", "email", "message", "status"].every((name) => (contact?.[name] ?? null) === (row[name] ?? null));
}
