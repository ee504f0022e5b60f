import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** One gate of `npm run check`: passes, or says what is wrong and how to mend it. */
export interface Gate {
  name: string;
  /** What to do when it fails, in one line. */
  mend: string;
  /** Resolves to what is wrong, or to undefined when all is well. Arguments come from the command line. */
  check(args: readonly string[]): Promise<string | undefined>;
  /** Mends what can be mended by a program. */
  fix?(): Promise<string | undefined>;
}

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** Runs a program of node_modules by its JavaScript file; resolves to its output when it fails, else to undefined. */
export async function run(script: string, args: readonly string[], cwd = root): Promise<string | undefined> {
  const { code, output } = await capture(
    process.execPath,
    [script.startsWith("/") ? script : `${root}/${script}`, ...args],
    cwd,
  );
  return code === 0 ? undefined : output || `ended with code ${code}`;
}

export function capture(
  program: string,
  args: readonly string[],
  cwd = root,
): Promise<{ code: number; output: string; stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    const all: Buffer[] = [];
    const out: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => void (all.push(chunk), out.push(chunk)));
    child.stderr.on("data", (chunk: Buffer) => void all.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      const text = (parts: Buffer[]): string => Buffer.concat(parts).toString("utf8").trim();
      resolve({ code: code ?? 1, output: text(all), stdout: text(out) });
    });
  });
}

/** The files of the repository, also new ones, that match git's patterns and stand on disk. */
export async function repositoryFiles(...patterns: string[]): Promise<string[]> {
  const { stdout } = await capture("git", ["ls-files", "-co", "--exclude-standard", ...patterns]);
  return stdout
    .split("\n")
    .filter((file) => file !== "" && statSync(`${root}/${file}`, { throwIfNoEntry: false })?.isFile() === true);
}

export interface PublishedPackage {
  name: string;
  folder: string;
  /** `exports`: subpath → where its declarations are, relative to the folder. */
  entries: { subpath: string; types: string }[];
}

/** Every package that is published, with its entries. */
export function publishedPackages(): PublishedPackage[] {
  return readdirSync(`${root}/packages`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => {
      const folder = `packages/${entry.name}`;
      // Our own file, checked by publint.
      const manifest = JSON.parse(readFileSync(`${root}/${folder}/package.json`, "utf8")) as {
        name: string;
        exports: Record<string, string | { types: string }>;
      };
      const entries = Object.entries(manifest.exports).flatMap(([subpath, target]) =>
        typeof target === "string" ? [] : [{ subpath, types: target.types }],
      );
      return { name: manifest.name, folder, entries };
    });
}
