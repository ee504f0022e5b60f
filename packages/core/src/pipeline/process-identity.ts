import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** Which process on which machine. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** Tells a process from an earlier one with the same number; absent where the system does not say. */
  readonly started?: string | undefined;
}

/** The process this code runs in. */
export function ownProcess(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, started: startOf(process.pid) };
}

/** Is it certain that this process does not run any more? Never of another machine's. */
export function isDead({ host, pid, started }: ProcessIdentity): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
  return started !== undefined && startOf(pid) !== started;
}

/** Boot and start time: containers give every process of theirs the same few numbers. */
function startOf(pid: number): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program may hold blanks and brackets; the start time is the 20th field after it.
    const ticks = status.slice(status.lastIndexOf(")") + 2).split(" ")[19];
    return ticks === undefined ? undefined : `${boot} ${ticks}`;
  } catch {
    return undefined;
  }
}
