import { defineConfig, type Options } from "tsup";

type Build = ReturnType<typeof defineConfig>;

/** The build of a published package: ESM with type declarations, from the entries that its `exports` name. */
export function libraryBuild(entry: string[]): Build {
  return defineConfig({ ...base, entry, dts: true });
}

/** The same for a package that must run where there is no Node: a `node:` import is an error. */
export function webLibraryBuild(entry: string[]): Build {
  return defineConfig({ ...base, platform: "neutral", entry, dts: true });
}

/** The build of an app that nobody imports: no declarations. */
export function appBuild(entry: string[]): Build {
  return defineConfig({ ...base, entry });
}

const base: Options = {
  format: "esm",
  platform: "node",
  target: "node22",
  clean: true,
  treeshake: true,
  splitting: true,
  sourcemap: true,
  silent: true,
};
