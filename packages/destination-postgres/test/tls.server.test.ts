import { execFile } from "node:child_process";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { postgres } from "@typeload/destination-postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serverUser } from "./postgres-binaries.ts";
import { startPostgresServer } from "./postgres-server.ts";
import type { PostgresServer } from "./postgres-server.ts";
import { failureOf, open } from "./trial.ts";

const execute = promisify(execFile);
const openssl = await execute("openssl", ["version"]).then(
  () => true,
  () => false,
);

describe.skipIf(!openssl)("a server with TLS (needs openssl to make its certificate)", () => {
  let server: PostgresServer;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "typeload-tls-"));
    await chmod(folder, 0o755);
    const [key, certificate] = [join(folder, "server.key"), join(folder, "server.crt")];
    for (const [keyFile, file] of [
      [key, certificate],
      [join(folder, "stranger.key"), join(folder, "stranger.crt")],
    ] as const) {
      const made = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost";
      await execute("openssl", [...made.split(" "), "-keyout", keyFile, "-out", file]);
    }
    const user = await serverUser();
    await chown(key, user.uid, user.gid);
    await chmod(key, 0o600);
    const settings = ["ssl=on", `ssl_cert_file=${certificate}`, `ssl_key_file=${key}`];
    server = await startPostgresServer({ settings });
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const url = (host: string, parameters: string): string =>
    `${server.url().replace("127.0.0.1", host)}?${parameters.replaceAll("FOLDER", folder)}`;

  it.each<[string, string, boolean]>([
    ["localhost", "sslmode=disable", false],
    ["localhost", "sslmode=no-verify", true],
    ["127.0.0.1", "sslmode=no-verify", true],
    ["localhost", "sslmode=verify-full&sslrootcert=FOLDER/server.crt", true],
    ["localhost", "sslrootcert=FOLDER/server.crt", true],
  ])("%s %s: encrypted is %s", async (host, parameters, encrypted) => {
    await using session = await open(postgres(url(host, parameters)), "read");
    expect(await session.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).toEqual([
      { ssl: encrypted },
    ]);
  });

  it.each([
    ["localhost", "sslmode=require"],
    ["localhost", "sslmode=verify-full"],
    ["localhost", "sslmode=verify-full&sslrootcert=FOLDER/stranger.crt"],
    ["127.0.0.1", "sslmode=verify-full&sslrootcert=FOLDER/server.crt"],
  ])("%s %s: refused for its certificate", async (host, parameters) => {
    expect(await failureOf(open(postgres(url(host, parameters)), "read"))).toMatchObject({ code: "certificate" });
  });

  it("a file that is none is refused before anything is sent", () => {
    expect(() => postgres(url("localhost", "sslrootcert=FOLDER/missing"))).toThrow("sslrootcert");
  });
});
