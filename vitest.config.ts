import { existsSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// One project a folder: packages/*, apps/*, and each folder of test/ that has tests. Its name is the folder's:
// `vitest run --project core`.
//
// Tiers are file names. `*.test.ts` starts no server process (a simulator inside the test process is none) and
// takes seconds. `*.server.test.ts` starts one (Postgres, a mock server). `*.slow.test.ts` takes longer than five
// seconds, installs packages, or needs what the build wrote. `npm run test:quick` leaves the last two out and builds
// nothing: packages resolve to their source. `npm test` builds, and runs all.
const quick = process.env["TYPELOAD_TESTS"] === "quick";
const root = fileURLToPath(new URL("./", import.meta.url));

const folders = ["packages", "apps", "test"].flatMap((parent) =>
  readdirSync(`${root}${parent}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules" && entry.name !== "fixtures")
    .map((entry) => ({ name: entry.name, path: `${parent}/${entry.name}` })),
);

interface PackageJson {
  name: string;
  exports?: Record<string, string | { default: string }>;
}

/** `@typeload/core` → its `src/index.ts`, for every entry in every package's `exports`: tests need no build. */
function sourceAliases(): { find: RegExp; replacement: string }[] {
  return folders.flatMap(({ path }) => {
    const file = `${root}${path}/package.json`;
    if (!existsSync(file)) return [];
    // Ours, checked by publint.
    const manifest = JSON.parse(readFileSync(file, "utf8")) as PackageJson;
    return Object.entries(manifest.exports ?? {}).flatMap(([subpath, target]) => {
      if (typeof target === "string") return [];
      const source = target.default.replace(/^\.\/dist\/(.*)\.js$/, `${root}${path}/src/$1.ts`);
      return [{ find: new RegExp(`^${manifest.name}${subpath.slice(1)}$`), replacement: source }];
    });
  });
}

export default defineConfig({
  resolve: { alias: sourceAliases() },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // vitest leaves one core to itself: of two, that is half of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: folders.map(({ name, path }) => ({
      extends: true as const,
      test: {
        name,
        include: [`${path}/${path.startsWith("test/") ? "**" : "test/**"}/*.test.ts`],
        exclude: ["**/node_modules/**", "**/dist/**", ...(quick ? ["**/*.server.test.ts", "**/*.slow.test.ts"] : [])],
      },
    })),
  },
});
