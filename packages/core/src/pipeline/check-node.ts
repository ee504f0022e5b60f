import { ConfigurationError } from "../errors.ts";

const needed = [22, 18] as const;

/** @throws ConfigurationError on a Node that lacks what typeload is written with; it would fail later, and say less. */
export function checkNode(): void {
  const found = process.versions.node;
  const [major = 0, minor = 0] = found.split(".").map(Number);
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return;
  throw new ConfigurationError(
    `this is Node ${found}, and typeload needs Node ${needed.join(".")} or newer: install it (https://nodejs.org), or choose it in your version manager`,
    { code: "node_version" },
  );
}
