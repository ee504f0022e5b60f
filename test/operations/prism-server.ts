import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../../packages/destination-postgres/test/free-port.ts";

/** A mock of the API that Prism makes from the OpenAPI file alone; requests that the file does not allow are refused. */
export interface PrismServer extends AsyncDisposable {
  readonly url: string;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = fileURLToPath(import.meta.resolve("@stoplight/prism-cli/package.json")).replace(
  /package\.json$/,
  "dist/index.js",
);

export async function startPrism(): Promise<PrismServer> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [program, "mock", `${root}openapi/cliengo.openapi.yaml`, "--host", "127.0.0.1", "--port", String(port), "--errors"],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" } },
  );
  const closed = once(child, "close");
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const onExit = (): void => void child.kill("SIGKILL");
  process.once("exit", onExit);
  const stop = async (): Promise<void> => {
    process.off("exit", onExit);
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 3_000);
    await closed;
    clearTimeout(late);
  };
  try {
    await untilListening(
      () => output,
      () => child.exitCode,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: stop };
}

async function untilListening(output: () => string, exitCode: () => number | null): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (output().includes("Prism is listening")) return;
    if (exitCode() !== null) break;
    await wait(100);
  }
  throw new Error(`Prism did not start:\n${output().slice(-2000)}`);
}
