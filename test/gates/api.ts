import { mkdir, readdir, readFile } from "node:fs/promises";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { type Gate, publishedPackages, root } from "./gate.ts";

/** What each package makes public, as text beside its source, so that a change of it shows in a review. */
export const apiGate: Gate = {
  name: "api",
  mend: "npm run api writes the reports; look at what changed and commit it",
  check: () => reports(false),
  fix: () => reports(true),
};

/** What public types are computed from and nobody is to write: the generated API types and the algebra over them. */
const behindTypes = new Set([
  "paths",
  "components",
  "Operation",
  "Part",
  "ParameterOf",
  "BodyOf",
  "Some",
  "ContactNote$1", // generated, as it comes in answers; the public one is this with its id
  "ClientContext", // what the client makes its resources from
  "resourceParents",
]);

async function reports(write: boolean): Promise<string | undefined> {
  const wrong: string[] = [];
  for (const { name, folder, entries } of publishedPackages()) {
    await mkdir(`${root}/${folder}/api`, { recursive: true });
    for (const { subpath, types } of entries) {
      const known = subpath === "." ? "" : await readFile(`${root}/${folder}/api/index.api.md`, "utf8").catch(() => "");
      const report = reportName(subpath);
      const messages: string[] = [];
      const result = Extractor.invoke(configuration(folder, types, report), {
        localBuild: write,
        messageCallback(message) {
          message.handled = true;
          if (message.messageId === "ae-forgotten-export" && isElsewhere(message.text, known)) {
            message.logLevel = ExtractorLogLevel.None;
            return;
          }
          const isChange = message.messageId.startsWith("console-api-report-");
          if (
            message.logLevel === ExtractorLogLevel.Error ||
            (message.logLevel === ExtractorLogLevel.Warning && !isChange)
          )
            messages.push(message.text);
        },
      });
      if (messages.length > 0) wrong.push(`${name}: ${messages.join("\n  ")}`);
      if (result.apiReportChanged && !write)
        wrong.push(`${name}: ${folder}/api/${report}.api.md no longer says what is public`);
    }
  }
  wrong.push(...(await strayReports()));
  return wrong.length === 0 ? undefined : wrong.join("\n");
}

/** Reports of entries that no package.json names any more. */
async function strayReports(): Promise<string[]> {
  const found = await Promise.all(
    publishedPackages().map(async ({ folder, entries }) => {
      const expected = new Set(entries.map(({ subpath }) => `${reportName(subpath)}.api.md`));
      const files = await readdir(`${root}/${folder}/api`);
      return files.filter((file) => !expected.has(file)).map((file) => `${folder}/api/${file} belongs to no entry`);
    }),
  );
  return found.flat();
}

function reportName(subpath: string): string {
  return subpath === "." ? "index" : subpath.slice(2).replaceAll("/", "-");
}

/** Is the symbol that the message names one of those behind types, or exported by the package's main entry? */
function isElsewhere(message: string, mainReport: string): boolean {
  const name = /symbol "([^"]+)"/.exec(message)?.[1] ?? "";
  const exports = mainReport.split("\n").filter((line) => line.startsWith("export "));
  return behindTypes.has(name) || exports.some((line) => line.split(/\W+/).includes(name));
}

function configuration(folder: string, types: string, report: string): ExtractorConfig {
  const projectFolder = `${root}/${folder}`;
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: `${projectFolder}/package.json`,
    configObject: {
      projectFolder,
      mainEntryPointFilePath: `${projectFolder}/${types}`,
      bundledPackages: [],
      newlineKind: "lf",
      compiler: {
        // Of its own: api-extractor brings its own compiler, and must read declarations, never our source.
        overrideTsconfig: {
          compilerOptions: {
            target: "ES2023",
            lib: ["ES2024", "ESNext.Disposable", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
            module: "nodenext",
            moduleResolution: "nodenext",
            types: folder.endsWith("cliengo-sdk") ? [] : ["node"],
            strict: true,
            skipLibCheck: true,
          },
          include: ["dist"],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${report}.api.md`,
        reportFolder: `${projectFolder}/api`,
        reportTempFolder: `${root}/node_modules/.cache/typeload-api/${folder.replaceAll("/", "-")}`,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.None },
          "ae-wrong-input-file-type": { logLevel: ExtractorLogLevel.Error },
          // What a public type names and nobody exports would stand in no report, and no user could write it.
          "ae-forgotten-export": { logLevel: ExtractorLogLevel.Error },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}
