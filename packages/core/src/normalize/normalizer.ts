import type { Capabilities } from "../destination/capabilities.ts";
import { ConfigurationError } from "../errors.ts";
import type { RefusedRecord } from "../extract/validate-records.ts";
import { pageRecords } from "../extract/page-records.ts";
import type { LoggedPage } from "../extract/load-package.ts";
import type { Schema, SchemaChange, Table } from "../schema/schema.ts";
import { breaksPaths } from "../schema/stored-normalizers.ts";
import type { Resource } from "../source/resource.ts";
import { parseContract } from "../schema/stored-contract.ts";
import { type Contract, type Discarded, contractOf, evolvesFreely } from "../source/contract.ts";
import { ContractGuard } from "./contract-guard.ts";
import { applyNamedSteps, applyTransforms } from "./apply-transforms.ts";
import { declareTable, declaredColumns } from "./declare-table.ts";
import { deriveNames } from "./derived-name.ts";
import { type OpenedList, RecordFeeder } from "./feed-record.ts";
import { hintTree } from "./hint-tree.ts";
import { jsonText } from "../scan/json-text.ts";
import { type Naming, makeNaming } from "./name-identifiers.ts";
import { UnknownResourceError } from "./normalize-errors.ts";
import { ValuePlacer } from "./place-value.ts";
import { QuarantineBuilder } from "./quarantine-builder.ts";
import { type RowIdentity, rowIdentity } from "./row-identity.ts";
import type { RowBatch } from "./row-batch.ts";
import { ShapeNode, type Slot } from "./shape-node.ts";
import { type StagedVersion, TableBuilder, type TableContext, type TableRules, ownerHint } from "./table-builder.ts";

/** Turns the pages of one load package into rows. */
export interface Normalizer {
  /** Takes the next page of the log; gives the batches that became full by it. */
  push(page: LoggedPage): { readonly records: number; readonly batches: readonly RowBatch[] };
  /** Makes the table of a resource that gave no record, with the columns that its hints name. Gives its name, where it is new. */
  declare(resource: string): string | undefined;
  /** Gives the rows that still wait. */
  flush(): readonly RowBatch[];
  /** The schema with what was learnt so far. */
  readonly schema: Schema;
  /** What changed in the schema so far, in order. */
  readonly changes: readonly SchemaChange[];
  /** Rows handed over so far, by table and table version; quarantined ones too. */
  readonly staged: ReadonlyMap<string, readonly StagedVersion[]>;
  /** What contracts left out so far. */
  readonly discarded: readonly Discarded[];
}

/** What {@link createNormalizer} needs to know. */
export interface NormalizerOptions {
  /** The schema as stored; not changed. */
  readonly schema: Schema;
  /** By name. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly capabilities: Capabilities;
  readonly loadId: string;
  /** The run that read the package. A contract lets it make the columns of the tables that are new in it. */
  readonly runId: string;
  /** Was a wider type of this column refused by the destination? Default: never. */
  readonly keepsType?: ((table: string, column: string) => boolean) | undefined;
}

/** dlt's default: in effect no limit. */
const defaultNesting = 1000;
/** Rows that wait are handed over early when all tables together hold more than this. */
const maximumWaitingBytes = 32 * 1024 * 1024;

/**
 * Makes the normalizer of one load package. What it gives depends on the pages in their order, the schema, the hints and the capabilities
 * alone: no clock, no chance, no network. After an error it cannot be used any more.
 *
 * @throws NullKeyError from `push`, when a key or another column that must not be null has no value.
 * @throws ContractViolationError from `push`, when a record wants a change that the contract of its resource freezes.
 * @throws ConfigurationError from `push`, when a resource wants the table of another one's list.
 * @throws TooManyColumnsError from `push`, when a table outgrows what the destination allows.
 * @throws UnknownResourceError from `push`, for a page of a resource that is not among the given ones.
 */
export function createNormalizer(options: NormalizerOptions): Normalizer {
  return new PackageNormalizer(options);
}

/** Where records of a resource go. */
interface ResourcePlan {
  readonly node: ShapeNode;
  readonly identity: RowIdentity;
}

class PackageNormalizer implements Normalizer {
  readonly changes: SchemaChange[] = [];
  private readonly options: NormalizerOptions;
  private readonly naming: Naming;
  private readonly tables = new Map<string, TableBuilder>();
  private readonly plans = new Map<string, ResourcePlan>();
  private readonly feeder: RecordFeeder;
  private readonly guards: ContractGuard[] = [];
  private quarantine: QuarantineBuilder | undefined;
  private batches: RowBatch[] = [];

  constructor(options: NormalizerOptions) {
    this.options = options;
    this.naming = makeNaming(options.capabilities, { breakPaths: breaksPaths(options.schema) });
    const { changes, naming } = this;
    this.feeder = new RecordFeeder({
      placer: new ValuePlacer({ capabilities: options.capabilities, naming, changes }),
      openList: (node, slot, list) => this.childTable(node, slot, list),
      loadId: options.loadId,
    });
  }

  get schema(): Schema {
    const learnt = [...this.tables]
      .filter(([, builder]) => builder.mayExist)
      .map(([name, builder]) => [name, builder.table] as const);
    return { ...this.options.schema, tables: { ...this.options.schema.tables, ...Object.fromEntries(learnt) } };
  }

  get staged(): ReadonlyMap<string, readonly StagedVersion[]> {
    return new Map(
      this.builders()
        .map((builder) => [builder.name, builder.staged] as const)
        .filter(([, versions]) => versions.length > 0),
    );
  }

  get discarded(): readonly Discarded[] {
    return this.guards.flatMap((guard) => guard.discarded);
  }

  push(page: LoggedPage): { readonly records: number; readonly batches: readonly RowBatch[] } {
    const { node, identity } = this.plan(page.resource);
    if (page.encoding === "refused") return this.refused(page, node);
    const came = pageRecords(page);
    const steps = this.options.resources.get(page.resource)?.transforms ?? [];
    const from = { resource: page.resource, request: page.request, page: page.sequence };
    const records = steps.length === 0 ? came : applyTransforms(came, steps, from);
    const fields = Object.entries(page.fields);
    identity.begin(page.partition, fields.length === 0 ? "" : jsonText(page.fields));
    const { resource, request, sequence } = page;
    for (let record = 0; record < records.length; record++) {
      this.feeder.record(node, records[record], fields, identity, { resource, request, page: sequence, record });
    }
    if (this.waitingBytes() > maximumWaitingBytes) this.cutAll();
    return { records: records.length, batches: this.taken() };
  }

  /** Records that their schema refused: what becomes of them is up to the contract as it is now. */
  private refused(page: LoggedPage, { table }: ShapeNode): ReturnType<Normalizer["push"]> {
    // Written by validateRecords.
    const records = pageRecords(page) as readonly RefusedRecord[];
    const { resource, request, sequence } = page;
    for (const [record, { reason, value }] of records.entries()) {
      table.guard?.begin({ resource, request, page: sequence, record });
      const shown = applyNamedSteps(value, this.options.resources.get(resource)?.transforms ?? []);
      table.guard?.refuse({ entity: "records", table: table.name, reason }, shown);
    }
    return { records: records.length, batches: this.taken() };
  }

  declare(name: string): string | undefined {
    const { node, identity } = this.plan(name);
    const { table } = node;
    if (table.stored || table.lineage !== undefined || !table.mayExist) return undefined;
    this.feeder.declare({ node, hints: this.options.resources.get(name)?.fieldHints ?? [], identity });
    return table.isTyped ? table.name : undefined;
  }

  flush(): readonly RowBatch[] {
    this.cutAll();
    return this.taken();
  }

  private taken(): readonly RowBatch[] {
    const { batches } = this;
    this.batches = [];
    return batches;
  }

  private waitingBytes(): number {
    let bytes = 0;
    for (const builder of this.builders()) bytes += builder.heap.size;
    return bytes;
  }

  private cutAll(): void {
    for (const builder of this.builders()) builder.cut();
  }

  private builders(): TableBuilder[] {
    return [...this.tables.values(), ...(this.quarantine === undefined ? [] : [this.quarantine.table])];
  }

  private plan(name: string): ResourcePlan {
    const known = this.plans.get(name);
    if (known !== undefined) return known;
    const resource = this.options.resources.get(name);
    if (resource === undefined) throw new UnknownResourceError(name);
    const tableName = this.naming.table([], resource.tableName);
    const taken = this.tables.get(tableName)?.parent?.name ?? this.options.schema.tables[tableName]?.parent;
    if (taken !== undefined) {
      throw new ConfigurationError(
        `resource "${name}" wants table "${tableName}", which holds a list of table "${taken}" already: give the resource another tableName`,
        { code: "table_name_taken" },
      );
    }
    const typed = Object.entries(resource.columns).filter(([, { dataType }]) => dataType !== undefined);
    const hinted = new Set(typed.map(([column]) => this.naming.column([], column)));
    // Where a resource has no contract, the one that is stored with its table holds, as in dlt.
    const { schema_contract: stored } = this.options.schema.tables[tableName]?.extra ?? {};
    const said = contractOf(resource.contract ?? parseContract(stored));
    const contract = evolvesFreely(said) && resource.record === undefined ? undefined : said;
    const table =
      this.tables.get(tableName) ??
      this.open(this.declared(resource, tableName, contract), undefined, {
        hinted,
        guard: this.guard(name, tableName, contract),
      });
    const node = new ShapeNode({
      table,
      keys: [],
      tableKeys: [resource.tableName],
      path: "$",
      rowLevel: 0,
      level: 0,
      hint: hintTree(resource.fieldHints),
      rules: { maxNesting: resource.maxTableNesting ?? defaultNesting, secretFields: new Set(resource.secretFields) },
    });
    const identity = rowIdentity(resource, this.options.loadId);
    const plan = { node, identity };
    this.plans.set(name, plan);
    return plan;
  }

  private guard(resource: string, table: string, contract: Contract | undefined): ContractGuard | undefined {
    if (contract === undefined) return undefined;
    const guard = new ContractGuard(resource, contract, (row) => {
      this.quarantine ??= new QuarantineBuilder(this.context(), this.options.loadId);
      this.quarantine.add(row);
    });
    if (contract.tables === "freeze" && this.options.schema.tables[table]?.seenData !== true)
      guard.allowsTable(table, "$", undefined);
    this.guards.push(guard);
    return guard;
  }

  private declared(resource: Resource, name: string, contract: Contract | undefined): Table {
    const stored = this.options.schema.tables[name];
    const table = declareTable(resource, stored, this.naming, contract);
    this.changes.push(...declaredColumns(table, stored));
    return table;
  }

  /** The table for a list; with `beside`, one of its own although another list of the same row has the name already. */
  private childTable(node: ShapeNode, slot: Slot, list: OpenedList): TableBuilder | undefined {
    const { tables } = this.options.schema;
    const owner = JSON.stringify(slot.keys);
    const parent = node.table;
    const remembered = Object.values(tables).find(
      (table) => table.parent === parent.name && table.extra?.[ownerHint] === owner,
    );
    const name = remembered?.name ?? this.naming.table(node.tableKeys, slot.key);
    const builder = this.tables.get(name);
    const mayExist = (): boolean => parent.guard?.allowsTable(name, list.path(), list.elements) ?? true;
    if (!list.besideOwner || remembered !== undefined) {
      if (builder?.parent === parent) return builder;
      const stored = tables[name];
      if (builder === undefined && (stored === undefined || stored.parent === parent.name)) {
        if (stored?.seenData !== true && !mayExist()) return undefined;
        return this.open(stored ?? { name, parent: parent.name, columns: [] }, parent);
      }
    }
    return mayExist() ? this.suffixedTable(name, slot, parent, owner) : undefined;
  }

  /** Two lists want one table: the later one gets a table of its own, now and in later loads. */
  private suffixedTable(name: string, slot: Slot, parent: TableBuilder, owner: string): TableBuilder {
    const { tables } = this.options.schema;
    const derive = deriveNames(this.options.capabilities);
    let free = name;
    for (let count = 2; free === name || this.tables.has(free) || tables[free] !== undefined; count++) {
      free = derive(`${name}_${count}`);
    }
    this.changes.push({ kind: "name-collision", table: free, column: "", keys: [name, slot.keys.join(".")] });
    return this.open({ name: free, parent: parent.name, columns: [], extra: { [ownerHint]: owner } }, parent);
  }

  private open(table: Table, parent: TableBuilder | undefined, rules?: TableRules): TableBuilder {
    const builder = new TableBuilder(table, parent, this.context(), rules);
    this.tables.set(table.name, builder);
    return builder;
  }

  private context(): TableContext {
    return {
      runId: this.options.runId,
      naming: this.naming,
      changes: this.changes,
      maximumColumns: this.options.capabilities.maxColumnsPerTable,
      keepsType: this.options.keepsType ?? (() => false),
      hand: (batch) => this.batches.push(batch),
    };
  }
}
