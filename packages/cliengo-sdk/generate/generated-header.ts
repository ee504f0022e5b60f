/** First lines of every generated file. */
export const generatedHeader = `// Generated from openapi/cliengo.openapi.yaml. Do not edit: change that file, then run
//   node packages/cliengo-sdk/generate/generate-types.ts
`;
