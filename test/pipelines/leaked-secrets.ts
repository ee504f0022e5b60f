import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import type { PlainDatabase } from "./plain-database.ts";

/** Places and what stands there. */
export type Texts = ReadonlyMap<string, string>;

/** The places where a secret stands: as it is, in a URL, or inside base64, packed with zlib or not. */
export function leakedSecrets(secrets: readonly string[], texts: Texts): string[] {
  const leaks: string[] = [];
  for (const [place, text] of texts) {
    const readable = [text, ...unpacked(text)].join("\n");
    for (const secret of secrets)
      if (readable.includes(secret) || readable.includes(encodeURIComponent(secret)))
        leaks.push(`${place}: ${secret.slice(0, 12)}…`);
  }
  return leaks;
}

/**
 * Every column of every row of every table of every schema, and the names of all columns. Read through SQL: the files of a database are
 * compressed, so that their bytes show nothing.
 */
export async function textsOfDatabase(database: PlainDatabase): Promise<Texts> {
  const texts = new Map<string, string>();
  for (const name of await database.tables()) {
    const [schema, ...table] = name.split(".");
    const rows = await database.query(
      `SELECT whole_row::text AS content FROM "${schema}"."${table.join(".")}" whole_row`,
    );
    texts.set(name, rows.map(({ content }) => String(content)).join("\n"));
  }
  const columns = await database.query(
    "SELECT table_name || '.' || column_name AS name FROM information_schema.columns",
  );
  return texts.set("names", columns.map(({ name }) => String(name)).join("\n"));
}

/** Every file below a folder, byte for byte. */
export async function textsOfFolder(folder: string): Promise<Texts> {
  const texts = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    texts.set(path.slice(folder.length), await readFile(path, "latin1"));
  }
  return texts;
}

/** What stands in base64 in a text; of zlib, what it packs: so is the state of a pipeline stored. */
export function unpacked(text: string): string[] {
  return [...text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)].map(([packed]) => {
    const bytes = Buffer.from(packed, "base64");
    try {
      return inflateSync(bytes).toString("utf8");
    } catch {
      return bytes.toString("latin1");
    }
  });
}
