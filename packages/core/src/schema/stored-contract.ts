import { type ContractMode, type ContractOption, contractEntities } from "../source/contract.ts";

const storedModes = {
  evolve: "evolve",
  freeze: "freeze",
  "discard-row": "discard_row",
  "discard-value": "discard_value",
  // dlt has no quarantine. It should rather stop than lose rows.
  quarantine: "freeze",
} as const;

const storedEntities = { tables: "tables", columns: "columns", dataType: "data_type" } as const;

/** The option as dlt stores it in a table (`schema_contract`): one word, or a word for each kind. */
export function storeContract(option: ContractOption): string | Readonly<Record<string, string>> {
  if (typeof option === "string") return storedModes[option];
  return Object.fromEntries(
    contractEntities.flatMap((entity) => {
      const mode = option[entity];
      return mode === undefined ? [] : [[storedEntities[entity], storedModes[mode]] as const];
    }),
  );
}

/** A stored contract: what a resource that says nothing of its own goes by, as in dlt. Nothing for a form that is not known. */
export function parseContract(stored: unknown): ContractOption | undefined {
  const mode = (word: unknown): ContractMode | undefined =>
    (["evolve", "freeze", "discard-row", "discard-value"] as const).find((known) => storedModes[known] === word);
  if (typeof stored === "string") return mode(stored);
  if (typeof stored !== "object" || stored === null) return undefined;
  const words: Readonly<Record<string, unknown>> = { ...stored };
  return Object.fromEntries(contractEntities.map((entity) => [entity, mode(words[storedEntities[entity]])]));
}
