import { inspect } from "node:util";

/**
 * An error as a person should read it in a terminal: its message, then the messages of its causes, each once. Stack traces only when
 * `stack` is set (for errors that are nobody's fault but the program's).
 */
export function describeError(error: unknown, options: { readonly stack?: boolean | undefined } = {}): string {
  const lines: string[] = [];
  const seen = new Set<unknown>();
  let current: unknown = error;
  while (current !== undefined && current !== null && !seen.has(current) && lines.length < 8) {
    seen.add(current);
    const message = current instanceof Error ? current.message : inspect(current);
    if (!lines.some((line) => line.includes(message)))
      lines.push(lines.length === 0 ? message : `  because: ${message}`);
    current = current instanceof Error ? current.cause : undefined;
  }
  if (options.stack === true && error instanceof Error && error.stack !== undefined) lines.push(error.stack);
  return lines.join("\n");
}
