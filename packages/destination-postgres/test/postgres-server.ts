import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { freePort } from "./free-port.ts";
import { findPostgres, serverUser } from "./postgres-binaries.ts";
import type { PostgresBinaries, ServerUser } from "./postgres-binaries.ts";

/** Which server: `embedded` comes with npm (18), `system` is what the machine has under /usr/lib/postgresql. */
export interface PostgresServerOptions {
  readonly from?: "embedded" | "system" | undefined;
  /** More `name=value` settings for postgresql.conf. */
  readonly settings?: readonly string[] | undefined;
}

/** A real PostgreSQL on a private port, in a temporary folder. It goes when it is disposed, and also when this process dies. */
export interface PostgresServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** `postgres://…` of a database; the default one is `postgres`. */
  url(database?: string): string;
  /** Makes an empty database and gives its URL. */
  createDatabase(name?: string): Promise<string>;
  /** `fast` ends sessions and writes everything; `immediate` is a crash. Files stay: {@link PostgresServer.start} goes on with them. */
  stop(how: "fast" | "immediate"): Promise<void>;
  start(): Promise<void>;
  /** What the server logged. */
  log(): Promise<string>;
}

const startSeconds = 30;

/**
 * Keeps a server: makes its files, starts it, does what it is told on its standard input, and when that ends (also because its parent
 * was killed) stops the server and removes its folder. Arguments: the folder, initdb, then the server's command.
 */
const keeper = `
dir=$1; initdb=$2; shift 2
"$initdb" -D "$dir/data" -U postgres --pwfile "$dir/password" -A scram-sha-256 -E UTF8 --locale=C --no-sync --wal-segsize=1 \\
  </dev/null >"$dir/log" 2>&1 || echo "FATAL:  could not make the files" >>"$dir/log"
"$@" </dev/null >>"$dir/log" 2>&1 & pid=$!
while read -r word; do
  case $word in
    start) "$@" </dev/null >>"$dir/log" 2>&1 & pid=$! ;;
    *) kill -"$word" $pid; wait $pid; echo stopped ;;
  esac
done
kill -QUIT $pid 2>/dev/null; wait $pid 2>/dev/null
rm -rf "$dir"
`;

/**
 * Starts a server.
 *
 * @throws PostgresUnavailableError with the reason when this machine cannot run one
 */
export async function startPostgresServer(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const user = await serverUser();
  const folder = await mkdtemp(join(tmpdir(), "typeload-postgres-"));
  try {
    await chown(folder, user.uid, user.gid);
    const binaries = await findPostgres(options.from ?? "embedded", user, join(folder, "programs"));
    return await startIn(folder, binaries, user, options.settings ?? []);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(
  folder: string,
  binaries: PostgresBinaries,
  as: ServerUser,
  settings: readonly string[],
): Promise<PostgresServer> {
  const [data, port] = [join(folder, "data"), await freePort()];
  const [host, user, password] = ["127.0.0.1", "postgres", randomBytes(9).toString("base64url")];
  await writeFile(join(folder, "password"), password);
  await chown(join(folder, "password"), as.uid, as.gid);
  const given = [
    `listen_addresses=${host}`,
    `port=${port}`,
    "unix_socket_directories=",
    "fsync=off",
    "shared_buffers=64MB",
    ...settings,
  ];
  const command = [binaries.postgres, "-D", data, ...given.flatMap((setting) => ["-c", setting])];
  const child = spawn("/bin/sh", ["-c", keeper, "keeper", folder, binaries.initdb, ...command], {
    ...as,
    cwd: folder,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const ended = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
  const log = (): Promise<string> => readFile(join(folder, "log"), "utf8");
  const url = (database = "postgres"): string => `postgres://${user}:${password}@${host}:${port}/${database}`;
  const ready = (): Promise<void> => untilReady(join(data, "postmaster.pid"), log);
  const dispose = async (): Promise<void> => {
    child.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready();
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    host,
    port,
    user,
    password,
    url,
    log,
    createDatabase: async (name = `db_${randomBytes(6).toString("hex")}`) => {
      const client = new Client(url());
      await client.connect();
      try {
        await client.query(`CREATE DATABASE "${name}"`);
      } finally {
        await client.end();
      }
      return url(name);
    },
    stop: async (how) => {
      const stopped = new Promise((resolve) => child.stdout.once("data", resolve));
      child.stdin.write(how === "fast" ? "INT\n" : "QUIT\n");
      await stopped;
    },
    start: async () => {
      await rm(join(data, "postmaster.pid"), { force: true }); // an old one would say that it is ready
      child.stdin.write("start\n");
      await ready();
    },
    [Symbol.asyncDispose]: dispose,
  };
}

/** The server writes into line 8 of its pid file how far it is. */
async function untilReady(pidFile: string, log: () => Promise<string>): Promise<void> {
  const end = performance.now() + startSeconds * 1000;
  while (performance.now() < end) {
    const lines = (await readFile(pidFile, "utf8").catch(() => "")).split("\n");
    if (lines[7]?.trim() === "ready") return;
    const written = await log().catch(() => "");
    if (written.includes("FATAL:  could not"))
      throw new Error(`the Postgres server did not start:\n${written.slice(-2000)}`);
    await wait(20);
  }
  throw new Error(
    `the Postgres server did not start in ${startSeconds} s:\n${(await log().catch(() => "")).slice(-2000)}`,
  );
}
