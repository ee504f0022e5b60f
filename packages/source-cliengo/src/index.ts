export { cliengoSource, defaultResources } from "./cliengo-source.ts";
export type { CliengoResourceName, CliengoSourceOptions } from "./cliengo-source.ts";
