import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { type Gate, root } from "./gate.ts";

/** docs/decisions/0002-http-client-of-the-sdk.md says why. */
const limit = 13_500;

/** What the client adds to a worker's bundle: minified, with its dependency, gzip. */
export const sizeGate: Gate = {
  name: "size",
  mend: `keep the client's bundle under ${limit} bytes; node_modules/.bin/esbuild --analyze shows what is big`,
  async check() {
    const result = await build({
      stdin: { contents: 'export { Cliengo } from "@typeload/cliengo-sdk";', resolveDir: `${root}/test` },
      bundle: true,
      minify: true,
      format: "esm",
      platform: "neutral",
      mainFields: ["module", "main"],
      write: false,
      logLevel: "silent",
    });
    const bytes = gzipSync(result.outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length;
    return bytes <= limit ? undefined : `import { Cliengo } is ${bytes} bytes gzip, the limit is ${limit}`;
  },
};
