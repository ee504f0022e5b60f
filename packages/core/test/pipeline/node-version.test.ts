import { afterEach, describe, expect, it } from "vitest";
import { createPipeline } from "../../src/index.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";

const versions = Object.getOwnPropertyDescriptor(process, "versions");
afterEach(() => {
  if (versions !== undefined) Object.defineProperty(process, "versions", versions);
});

function createOn(node: string) {
  Object.defineProperty(process, "versions", { configurable: true, value: { ...process.versions, node } });
  return createPipeline({ name: "p", destination: memoryDestination() });
}

describe("createPipeline", () => {
  it.each(["20.20.2", "21.7.3", "22.17.1", "18.0.0"])("refuses Node %s, and says what is needed", (node) => {
    expect(() => createOn(node)).toThrow(
      expect.objectContaining({
        name: "ConfigurationError",
        code: "node_version",
        message: expect.stringContaining(`this is Node ${node}, and typeload needs Node 22.18 or newer`) as string,
      }),
    );
  });

  it.each(["22.18.0", "22.20.0", "24.0.0", "26.1.0"])("takes Node %s", (node) => {
    expect(createOn(node).name).toBe("p");
  });
});
