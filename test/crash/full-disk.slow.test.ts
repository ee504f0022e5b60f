import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compareContents } from "../pipelines/cliengo-contents.ts";
import { openTrial, present } from "../pipelines/cliengo-trial.ts";
import { dataset } from "../pipelines/plain-database.ts";
import type { DeadlyLoad } from "./load-and-die.ts";

const resources = ["account", "sites", "conversations", "conversation_messages"] as const;

// No file may outgrow the limit (a shell's `ulimit -f`): writing fails with EFBIG where a full disk says ENOSPC, and needs no disk of its own.
it.each([
  ["the page log", 48, "no space left for the load package"],
  ["the DuckDB file", 250, "the disk is full"],
])(
  "no room for %s: the run says so, and with room again the next one completes it",
  { timeout: 60_000 },
  async (_what, kibibytes, message) => {
    await using trial = await openTrial({
      simulator: { contacts: 60, conversations: 80, messagesPerConversation: 20, hostileText: false },
    });
    const { simulator, workingDirectory, folder } = trial;
    const load: DeadlyLoad = {
      apiKey: simulator.apiKey,
      url: simulator.url,
      database: { duckdb: join(folder, "cliengo.duckdb") },
      dataset,
      workingDirectory,
      resources,
      now: Date.parse(present) + 60_000,
      death: { event: "none", nth: 0 },
    };
    const program = new URL("./load-and-die.ts", import.meta.url).pathname;
    const limited = `ulimit -f ${kibibytes * 2} && exec "$0" "$1" "$2"`; // in blocks of 512 bytes
    const child = spawn("/bin/sh", ["-c", limited, process.execPath, program, JSON.stringify(load)], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    const end = await new Promise((resolve) => child.once("close", (code, signal) => resolve(signal ?? code)));
    expect(end, errors).toBe(1);
    expect(errors).toContain(message);
    expect(errors).toMatch(/PipelineRunError[^]*code: 'disk_full'/);

    const report = await trial.run({ source: { resources } });
    expect(report.resources["conversation_messages"]?.outcome).toBe("committed");
    await compareContents(trial, resources);
  },
);
