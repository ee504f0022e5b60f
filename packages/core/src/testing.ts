export { fakeClock } from "./testing/fake-clock.ts";
export type { FakeClock, FakeClockOptions } from "./testing/fake-clock.ts";
export { memoryCapabilities, memoryDestination } from "./testing/memory-destination.ts";
export type { MemoryDestinationOptions } from "./testing/memory-destination.ts";
export { readRowBatch } from "./testing/read-row-batch.ts";
export type { CellRow, CellValue } from "./testing/cell-value.ts";
export { typedBatch } from "./testing/typed-batch.ts";
export type { CellInput, TypedBatchOptions } from "./testing/typed-batch.ts";
