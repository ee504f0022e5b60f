/** The Node that runs is too old for the simulator. */
export class NodeVersionError extends Error {
  readonly code = "ERR_NODE_VERSION";
  readonly retryable = false;

  constructor(found: string) {
    super(
      `This is Node ${found}, and the Cliengo simulator needs Node 22.18 or newer: install it (https://nodejs.org).`,
    );
    this.name = "NodeVersionError";
  }
}

/** Throws a `NodeVersionError` on a Node older than 22.18, where `JSON.rawJSON` and others would be missing in mid-work. */
export function checkNode(): void {
  const found = process.versions.node;
  const [major = 0, minor = 0] = found.split(".").map(Number);
  if (major < 22 || (major === 22 && minor < 18)) throw new NodeVersionError(found);
}
