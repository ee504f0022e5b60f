export { TypeloadError, ConfigurationError, RunAbortedError, isTypeloadError } from "./errors.ts";
export type { TypeloadErrorOptions } from "./errors.ts";

export { defineResource } from "./source/define-resource.ts";
export type { KeyOf } from "./source/key-of.ts";
export type { ResourceOptions } from "./source/resource-options.ts";
export { defineSource } from "./source/define-source.ts";
export { isPageBytes, pageBytes } from "./source/page-bytes.ts";
export type { PageBytes, PageBytesOptions } from "./source/page-bytes.ts";
export type { StandardIssue, StandardResult, StandardSchema } from "./source/standard-schema.ts";
export { transform } from "./source/transforms.ts";
export type { MaskKey, MemberPath, Records, Renamed, TransformStep } from "./source/transforms.ts";
export type { CursorRange, CursorValue, IncrementalOptions } from "./source/incremental.ts";
export { CursorError } from "./extract/cursor-errors.ts";
export type { CursorErrorCode } from "./extract/cursor-errors.ts";
export type { ColumnHint, FieldHint } from "./source/column-hints.ts";
export type { JsonValue } from "./source/json-value.ts";
export { declaredBySource } from "./source/partition.ts";
export type { Partition, PartitionRecord, PartitionVerdict, RowsVerdict } from "./source/partition.ts";
export type {
  ParentRecord,
  PartitionPlan,
  PlanContext,
  PlanSummary,
  ReadContext,
  Resource,
  ResourceName,
  ResourceRead,
  Scd2Option,
  Source,
  WriteDispositionOption,
  Yielded,
} from "./source/resource.ts";

export { dataTypes } from "./schema/data-types.ts";
export type { DataType } from "./schema/data-types.ts";
export { parseStoredSchema } from "./schema/parse-stored-schema.ts";
export { emptySchema, storeSchema } from "./schema/store-schema.ts";
export type { StoredSchema } from "./schema/store-schema.ts";
export {
  completenessTable,
  leaseTable,
  loadsTable,
  partitionsTable,
  stateTable,
  systemTables,
  versionTable,
} from "./schema/system-tables.ts";
export type {
  Column,
  DedupOrder,
  MergeStrategy,
  Schema,
  SchemaChange,
  Table,
  WriteDisposition,
} from "./schema/schema.ts";

export { maximumBatchBytes, maximumBatchRows } from "./normalize/row-batch.ts";
export type {
  BoolVector,
  BytesVector,
  ColumnVector,
  Float64Vector,
  Int32Vector,
  Int64Vector,
  RowBatch,
  VectorBase,
} from "./normalize/row-batch.ts";

export { contractVersion } from "./destination/destination.ts";
export type {
  Destination,
  DestinationSession,
  Lease,
  LeaseClaim,
  OpenContext,
  PrepareRequest,
  QueryRow,
  AlteredCells,
  StagedPart,
  StagePart,
} from "./destination/destination.ts";
export type { Capabilities, MergeHint, Widening } from "./destination/capabilities.ts";
export type {
  CommitResult,
  CompletenessRecord,
  LoadCommit,
  RowCounts,
  Scd2Chain,
  StagedTable,
  StateRow,
  TableChain,
} from "./destination/load-commit.ts";
export type { ReadRequest, StoredDataset } from "./destination/stored-dataset.ts";
export {
  CommitUnknownError,
  DestinationError,
  LeaseHeldError,
  LeaseLostError,
  StagedCountError,
  UnsupportedError,
  WideningRefusedError,
} from "./destination/destination-error.ts";

export type {
  FinishedResource,
  LoggedPage,
  LoggedPartition,
  PackageHead,
  PackageManifest,
  PackageStore,
  PackageWriter,
  SetAsidePackage,
} from "./extract/load-package.ts";
export type { RunEvent } from "./run-events.ts";
export type { Completeness, PackageReport, ResourceReport, RunReport } from "./pipeline/run-report.ts";
export { PipelineRunError } from "./pipeline/pipeline-run-error.ts";
export { createPipeline } from "./pipeline/create-pipeline.ts";
export type { Pipeline, PipelineStatus } from "./pipeline/create-pipeline.ts";
export type { PipelineOptions } from "./pipeline/pipeline-settings.ts";
export type { ReplayOptions } from "./pipeline/replay-options.ts";
export type { RunOptions } from "./pipeline/run-options.ts";
export { IncompleteError, OtherIdentityError, PipelineBusyError, RunDurationError } from "./pipeline/run-errors.ts";
export { WorkingDirectoryBusyError } from "./pipeline/lock-working-directory.ts";
export type { ProcessIdentity } from "./pipeline/process-identity.ts";
export { LoadIdTakenError, PackageLoadError, ReplaceRefusedError, RetireRefusedError } from "./load/load-errors.ts";
export { PackageDamagedError, PackageStoreError } from "./extract/package-errors.ts";
export { RecordContractError, ResourceReadError, YieldedValueError } from "./extract/extract-errors.ts";
export { localPackageStore } from "./extract/local-package-store.ts";
export type { LocalPackageStoreOptions } from "./extract/local-package-store.ts";
export type { LogFile } from "./extract/log-file.ts";
export { systemClock } from "./async/clock.ts";
export type { Clock } from "./async/clock.ts";
export type { Random } from "./async/random.ts";
export { JsonNumber } from "./scan/json-number.ts";
export { PageParseError, PageShapeError } from "./scan/page-errors.ts";
export { ContractViolationError } from "./normalize/contract-errors.ts";
export type { ContractFinding, ContractPlace } from "./normalize/contract-errors.ts";
export type {
  Contract,
  ContractEntity,
  ContractMode,
  ContractOption,
  Discarded,
  RecordMode,
} from "./source/contract.ts";
export {
  NullKeyError,
  TooManyColumnsError,
  TransformError,
  TransformMissingError,
  UnknownResourceError,
} from "./normalize/normalize-errors.ts";
export type { NotNullColumn, RecordPlace } from "./normalize/normalize-errors.ts";
