import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createPipeline } from "@typeload/core";
import { duckdb } from "@typeload/destination-duckdb";
import { postgres } from "@typeload/destination-postgres";
import { cliengoSource } from "@typeload/source-cliengo";
import { startPostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";

// A benchmark-sized account, loaded twice: rows a second, peak memory, verdicts. The simulator runs in a process of its own.
//   npm run large-run -- [--ceiling] [--postgres [URL]]      (without a URL: a private server, started here)
const ceiling = process.argv.includes("--ceiling");
const intoPostgres = process.argv.includes("--postgres");
const url = intoPostgres ? process.argv[process.argv.indexOf("--postgres") + 1] : undefined;

await using server = intoPostgres && url === undefined ? await startPostgresServer() : undefined;
const folder = await mkdtemp(join(tmpdir(), "typeload-large-"));
const command = fileURLToPath(new URL("../../packages/cliengo-simulator/dist/main.js", import.meta.url));
const size = ["--contacts", "20000", "--conversations", "5000", "--messages", "20"];
const simulator = spawn(process.execPath, [command, ...size, ...(ceiling ? [] : ["--ceiling", "off"])], {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  let address: string | undefined;
  let key: string | undefined;
  for await (const line of createInterface({ input: simulator.stdout })) {
    address ??= /http:\/\/\S+/.exec(line)?.[0];
    key ??= /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(line)?.[0];
    if (address !== undefined && key !== undefined) break;
  }
  const destination = intoPostgres
    ? postgres(url ?? server?.url() ?? "")
    : duckdb({ path: join(folder, "large.duckdb") });
  const pipeline = createPipeline({
    name: "large",
    destination,
    dataset: "large_run",
    workingDirectory: join(folder, "work"),
  });
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  for (const load of ["first", "second"]) {
    const source = cliengoSource({
      apiKey: key,
      baseUrl: address,
      rateLimit: false,
      ...(ceiling ? {} : { offsetCeiling: false }),
    });
    const report = await pipeline.run(source);
    const counts = Object.values(report.resources).flatMap(({ rows, childRows }) => [rows, childRows]);
    const inserted = counts.reduce((sum, rows) => sum + rows.inserted, 0);
    console.log(
      `${load} load: ${inserted} rows in ${report.seconds.toFixed(1)} s (${Math.round(inserted / report.seconds)} rows/s), peak ${Math.round(peak / 1e6)} MB`,
    );
    for (const [name, { completeness }] of Object.entries(report.resources))
      console.log(`  ${name}: ${JSON.stringify(completeness)}`);
  }
  clearInterval(timer);
} finally {
  if (simulator.exitCode === null) {
    simulator.kill("SIGKILL");
    await once(simulator, "exit");
  }
  await rm(folder, { recursive: true, force: true });
}
