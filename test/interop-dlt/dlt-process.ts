import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** What `load_with_dlt.py` is asked. */
export interface DltRequest {
  readonly destination: "duckdb" | "postgres";
  readonly credentials: string;
  readonly pipeline: string;
  readonly dataset: string;
  readonly source: string;
  readonly resource: string;
  /** A new place, so nothing is asked for what is stored there; `false`: go on with the pipeline of the load before. Default: ask. */
  readonly fresh?: boolean;
  /** JSON text of a list. */
  readonly records: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly incremental?: Readonly<Record<string, unknown>>;
}

/** A Python with dlt in it, which loads what it is told. */
export interface Dlt extends AsyncDisposable {
  /** Gives the load ids. Rejects with dlt's own message. */
  load(request: DltRequest): Promise<readonly string[]>;
}

/** The Python that has the pinned dlt, made under `.python/` the first time; undefined where there is no Python 3.10 or newer. */
export async function dltPython(): Promise<string | undefined> {
  const requirements = `${here}requirements.txt`;
  const version = createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex")
    .slice(0, 12);
  const folder = `${root}.python/dlt-${version}`;
  const python = `${folder}/bin/python`;
  if (existsSync(python)) return python;
  const enough = await run("python3", ["-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))"]);
  if (enough !== 0) return undefined;
  // Of its own: tests that run at the same time may both make one.
  const draft = `${folder}.${process.pid}.draft`;
  const made =
    (await run("python3", ["-m", "venv", draft])) === 0 &&
    (await run(`${draft}/bin/python`, [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--timeout=15",
      "--retries=1",
      "-r",
      requirements,
    ])) === 0;
  try {
    if (made) await rename(draft, folder);
  } catch (error) {
    if (!existsSync(python)) throw error; // somebody else was first
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return existsSync(python) ? python : undefined;
}

async function run(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { stdio: "ignore" });
  try {
    const [code] = (await once(child, "exit")) as [number | null]; // what a child process tells at its end
    return code ?? 1;
  } catch {
    return 1;
  }
}

/** Starts dlt. One load after another. */
export function startDlt(python: string): Dlt {
  const child: ChildProcessWithoutNullStreams = spawn(python, [`${here}load_with_dlt.py`], {
    env: { ...process.env, RUNTIME__DLTHUB_TELEMETRY: "false", RUNTIME__LOG_LEVEL: "CRITICAL", TZ: "UTC" },
  });
  child.stderr.resume();
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async load(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new Error("dlt ended");
        if (!value.startsWith('{"')) continue; // what dlt prints by itself
        // Written by load_with_dlt.py.
        const answer = JSON.parse(value) as { readonly loads?: readonly string[]; readonly error?: string };
        if (answer.error !== undefined) throw new Error(`dlt: ${answer.error}`);
        return answer.loads ?? [];
      }
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
