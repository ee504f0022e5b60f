export { cliengoSource, defaultResources } from "./cliengo-source.ts";
export type { CliengoResourceName, CliengoSourceOptions, WithParent } from "./cliengo-source.ts";
