export { describeDestination } from "./describe-destination.ts";
export { canonicalCell } from "./canonical-cell.ts";
export type { CanonicalCell } from "./canonical-cell.ts";
export type {
  ConformanceOptions,
  ConformanceRunner,
  DestinationUnderTest,
  ExpectedCapabilities,
  ReadTableRequest,
  SkippedCheck,
} from "./conformance-options.ts";
