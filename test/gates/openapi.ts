import { type Gate, run } from "./gate.ts";

export const openapiGate: Gate = {
  name: "openapi",
  mend: "mend openapi/cliengo.openapi.yaml; the rules are in openapi/redocly.yaml",
  check: () =>
    run("node_modules/@redocly/cli/bin/cli.js", [
      "lint",
      "openapi/cliengo.openapi.yaml",
      "--config=openapi/redocly.yaml",
      "--format=stylish",
    ]),
};
