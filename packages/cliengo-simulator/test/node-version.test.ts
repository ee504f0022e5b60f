import { afterEach, expect, it } from "vitest";
import { NodeVersionError, startCliengoSimulator } from "../src/index.ts";

const versions = Object.getOwnPropertyDescriptor(process, "versions");
afterEach(() => {
  if (versions !== undefined) Object.defineProperty(process, "versions", versions);
});

it.each(["20.20.2", "22.17.1"])("does not start on Node %s, and says what is needed", async (node) => {
  Object.defineProperty(process, "versions", { configurable: true, value: { ...process.versions, node } });
  const start = startCliengoSimulator();
  await expect(start).rejects.toThrow(NodeVersionError);
  await expect(start).rejects.toThrow(`This is Node ${node}, and the Cliengo simulator needs Node 22.18 or newer`);
});
