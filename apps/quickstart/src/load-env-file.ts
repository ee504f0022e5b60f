import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigurationError } from "@typeload/core";

/** Puts what a file `.env` in the working directory says into the environment, where there is one. @throws ConfigurationError where it is no file, or cannot be read */
export function loadEnvFile(): void {
  if (!existsSync(".env")) return;
  const path = resolve(".env");
  if (statSync(path).isDirectory()) {
    throw new ConfigurationError(
      `${path} is a folder; it must be a file with the line CLIENGO_API_KEY=…: move it away`,
    );
  }
  try {
    process.loadEnvFile(path);
  } catch (error) {
    throw new ConfigurationError(`${path} cannot be read: allow it, or move it away`, { cause: error });
  }
}
