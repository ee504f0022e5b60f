import { mkdir } from "node:fs/promises";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { type Gate, publishedPackages, root } from "./gate.ts";

/** What each package makes public, as text beside its source, so that a change of it shows in a review. */
export const apiGate: Gate = {
  name: "api",
  mend: "npm run api writes the reports; look at what changed and commit it",
  check: () => reports(false),
  fix: () => reports(true),
};

async function reports(write: boolean): Promise<string | undefined> {
  const wrong: string[] = [];
  for (const { name, folder, entries } of publishedPackages()) {
    await mkdir(`${root}/${folder}/api`, { recursive: true });
    for (const { subpath, types } of entries) {
      const report = subpath === "." ? "index" : subpath.slice(2).replaceAll("/", "-");
      const messages: string[] = [];
      const result = Extractor.invoke(configuration(folder, types, report), {
        localBuild: write,
        messageCallback(message) {
          message.handled = true;
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
  return wrong.length === 0 ? undefined : wrong.join("\n");
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
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}
