import { DestinationError, isTypeloadError } from "@typeload/core";
import type { TypeloadError } from "@typeload/core";
import { shownText } from "./duckdb-error-text.ts";

interface Rule {
  readonly pattern: RegExp;
  readonly code: string;
  readonly retryable: boolean;
  /** What to do about it. */
  readonly advice: (match: RegExpExecArray) => string;
}

/** DuckDB has no error numbers: its messages are told apart by their text (1.5). The first rule that fits counts. */
const rules: readonly Rule[] = [
  {
    pattern: /Could not set lock on file[^]*?(?:held in (.*?) ?\(PID (\d+)\)|$)|being used by another process/,
    code: "file_locked",
    retryable: true,
    advice: ([, program, pid]) =>
      `${pid === undefined ? "another process" : `process ${pid} (${program ?? ""})`} has it open; close it there and run again`,
  },
  {
    pattern: /version number (\d+), but we can only read versions/,
    code: "newer_file",
    retryable: false,
    advice: () =>
      "it was made by a newer DuckDB than this package brings; write it with DuckDB 1.x, or take another path",
  },
  {
    pattern: /not a valid DuckDB database file/,
    code: "not_a_database",
    retryable: false,
    advice: () => "it is a file of another kind (or empty); take another path, or remove it",
  },
  {
    pattern: /Is a directory/,
    code: "not_a_database",
    retryable: false,
    advice: () => "it is a folder; give the path of a file",
  },
  {
    pattern: /No space left on device|not enough space|Disk quota exceeded|File too large/i,
    code: "disk_full",
    retryable: false,
    advice: () => "the disk is full, or a limit on the size of files is reached; free some space and run again",
  },
  {
    pattern: /Permission denied|Read-only file system|Access is denied/i,
    code: "not_writable",
    retryable: false,
    advice: () => "it cannot be written; check the rights of the file and of its folder",
  },
  {
    pattern: /Cannot open file .*No such file or directory|cannot find the path/i,
    code: "folder_missing",
    retryable: false,
    advice: () => "its folder does not exist (or cannot hold files); make the folder first",
  },
  {
    pattern: /Out of Memory Error/,
    code: "out_of_memory",
    retryable: false,
    advice: () => "raise memoryLimit, or lower threads",
  },
  {
    pattern: /Conflict on|write-write conflict|TransactionContext Error: Conflict/i,
    code: "write_conflict",
    retryable: true,
    advice: () => "another connection wrote the same rows; run again",
  },
  {
    pattern: /database has been invalidated|FATAL Error/i,
    code: "database_failed",
    retryable: true,
    advice: () => "DuckDB gave the file up after an earlier error; open it again",
  },
  {
    pattern: /NOT NULL constraint failed/,
    code: "not_null",
    retryable: false,
    advice: () => "a column that must have a value got none; check the key and the NOT NULL hints of the resource",
  },
  {
    pattern: /Duplicate key "|violates (?:unique|primary key) constraint/i,
    code: "duplicate_key",
    retryable: false,
    advice: () =>
      "a unique index or key of the table, which typeload does not make, refuses a row; drop it, or make its columns the primary key of the resource",
  },
  {
    pattern: /Conversion Error|Out of Range Error/,
    code: "value_does_not_fit",
    retryable: false,
    advice: () => "a value does not fit its column's type",
  },
];

/**
 * DuckDB's error as a `DestinationError` that says where, what, and what to do, without the values that DuckDB quotes. An error of ours
 * stays as it is.
 */
export function duckdbError(thrown: unknown, where: string): TypeloadError {
  if (isTypeloadError(thrown)) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const shown = shownText(said);
  // Not the driver's own error, which is printed with the values in it.
  const cause = new Error(shown);
  for (const { pattern, code, retryable, advice } of rules) {
    const match = pattern.exec(said);
    if (match !== null)
      return new DestinationError(`${where}: ${advice(match)} (DuckDB: ${shown})`, { code, retryable, cause });
  }
  return new DestinationError(`${where}: DuckDB refused a statement: ${shown}`, { code: "statement_failed", cause });
}

/**
 * Is it unknown after this error of COMMIT whether the log on disk holds the transaction? "Failed to commit" is said after DuckDB took
 * everything back (a full disk, a conflict); an error that ends the whole database may come after the log was written.
 */
export function leavesCommitUnknown(cause: unknown): boolean {
  const said = String(cause);
  if (/FATAL Error|INTERNAL Error|has been invalidated/i.test(said)) return true;
  return said.includes("IO Error") && !said.includes("Failed to commit");
}
