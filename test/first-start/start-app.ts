import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { CliengoSimulator } from "@typeload/cliengo-simulator";

/** The app as `npm start` runs it: built, in a process of its own. */
export const app = fileURLToPath(new URL("../../apps/quickstart/dist/main.js", import.meta.url));

/** How the app is started. */
export interface AppStart {
  /** Its working directory. */
  readonly folder: string;
  /** Stands in for Cliengo: the address of Cliengo is the only thing that is not real. Without it the app has no key, and starts its own. */
  readonly simulator?: CliengoSimulator | undefined;
  readonly args?: readonly string[] | undefined;
  /** More of the environment; `CLIENGO_API_KEY` is the simulator's unless it stands here. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** When it ends, the app gets `signal`. */
  readonly stop?: Promise<unknown> | undefined;
  /** Default `SIGINT`, as by Ctrl-C. */
  readonly signal?: "SIGINT" | "SIGKILL" | undefined;
}

/** What became of it. */
export interface AppEnded {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the app and waits for its end. */
export async function startApp({ folder, simulator, args = [], ...more }: AppStart): Promise<AppEnded> {
  const toSimulator = `const real = globalThis.fetch;
    globalThis.fetch = (url, init) => real(String(url).replace("https://api.cliengo.com/1.0", ${JSON.stringify(simulator?.url ?? "")}), init);`;
  const preload = ["--import", `data:text/javascript,${encodeURIComponent(toSimulator)}`];
  const child = spawn(process.execPath, [...(simulator === undefined ? [] : preload), app, ...args], {
    cwd: folder,
    env: { ...process.env, CLIENGO_API_KEY: simulator?.apiKey, ...more.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (out += text.toString()));
  child.stderr.on("data", (text: Buffer) => (err += text.toString()));
  const closed = once(child, "close");
  const stopped = more.stop?.then(() => child.kill(more.signal ?? "SIGINT"));
  await Promise.race([stopped, closed].filter((each) => each !== undefined));
  await closed;
  return { code: child.exitCode, out, err };
}
