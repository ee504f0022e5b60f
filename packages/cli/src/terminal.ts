export { terminalProgress } from "./progress/terminal-progress.ts";
export type { OutputStream, TerminalProgress, TerminalProgressOptions } from "./progress/terminal-progress.ts";
export { formatReport } from "./report/format-report.ts";
export type { FormatReportOptions } from "./report/format-report.ts";
export { describeError } from "./report/describe-error.ts";
export { exitCode } from "./report/exit-code.ts";
