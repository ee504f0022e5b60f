import type { Fault, LatencyFault } from "./fault.ts";
import { hashOf, streamOf } from "./random.ts";
import { matches, type RequestMatch } from "./request-match.ts";
import type { SimulatorRequest } from "./simulator-request.ts";

const stream = streamOf("faults");

/** Where and how often a fault happens. */
export interface FaultPlan {
  /** Default: every request. */
  readonly match?: RequestMatch | undefined;
  /** The first of the matching requests that is hit, counted from 1. Default 1. */
  readonly nth?: number | undefined;
  /** How many matching requests are hit. Default 1; `Infinity` for all. */
  readonly times?: number | undefined;
}

/** Faults that strike at random, but the same ones for the same seed in whatever order requests come. */
export interface FaultStorm {
  readonly faults: readonly [Fault, ...Fault[]];
  /** Which part of the requests is hit, from 0 to 1. */
  readonly rate: number;
  /** How often one URL may be hit in a row, so that a client that tries again gets through. Default 2. */
  readonly mostInARow?: number | undefined;
  readonly match?: RequestMatch | undefined;
  /** Default: the simulator's. */
  readonly seed?: number | undefined;
}

/** A fault that was added. */
export interface ScriptedFault {
  /** How many requests were hit so far. */
  readonly hits: number;
  remove(): void;
}

/** What happens to one request: waits, and at most one other fault. */
export interface TakenFaults {
  readonly latencies: readonly LatencyFault[];
  readonly fault: Exclude<Fault, LatencyFault> | undefined;
}

interface Rule {
  hits: number;
  /** The fault for a request, if it is hit. Called once for each; `taken` says that another fault came first. */
  draw(request: SimulatorRequest, taken: boolean): Fault | undefined;
}

/** The script of what goes wrong, as its writer sees it. */
export interface FaultControl {
  /** Adds a fault. Where several fit a request, the one added first happens and the others keep their `times`; waits add up. */
  add(fault: Fault & FaultPlan): ScriptedFault;
  /** Adds faults that strike at random. */
  storm(storm: FaultStorm): ScriptedFault;
  /** Removes every fault. */
  clear(): void;
}

/** The script of what goes wrong, with what the server asks of it. */
export class FaultScript implements FaultControl {
  readonly #seed: number;
  #rules: Rule[] = [];

  constructor(seed: number) {
    this.#seed = seed;
  }

  add(fault: Fault & FaultPlan): ScriptedFault {
    const { match = {}, nth = 1, times = 1 } = fault;
    let seen = 0;
    let used = 0;
    return this.#keep((request, taken) => {
      if (!matches(match, request)) return undefined;
      seen += 1;
      if (seen < nth || used >= times || (taken && fault.kind !== "latency")) return undefined;
      used += 1;
      return fault;
    });
  }

  storm(storm: FaultStorm): ScriptedFault {
    const { faults, rate, mostInARow = 2, match = {}, seed = this.#seed } = storm;
    const inARow = new Map<string, number>();
    const seen = new Map<string, number>();
    return this.#keep((request, taken) => {
      if (taken || !matches(match, request)) return undefined;
      const url = `${request.method} ${request.path}?${new URLSearchParams(request.query).toString()}`;
      const attempt = (seen.get(url) ?? 0) + 1;
      seen.set(url, attempt);
      const row = inARow.get(url) ?? 0;
      const dice = hashOf(seed, stream, streamOf(url), attempt);
      if (row >= mostInARow || dice / 4_294_967_296 >= rate) {
        inARow.delete(url);
        return undefined;
      }
      inARow.set(url, row + 1);
      return faults[hashOf(seed, stream, dice, attempt) % faults.length];
    });
  }

  clear(): void {
    this.#rules = [];
  }

  /** What happens to this request. */
  take(request: SimulatorRequest): TakenFaults {
    const latencies: LatencyFault[] = [];
    let chosen: TakenFaults["fault"];
    for (const rule of this.#rules) {
      const fault = rule.draw(request, chosen !== undefined);
      if (fault === undefined) continue;
      rule.hits += 1;
      if (fault.kind === "latency") latencies.push(fault);
      else chosen = fault;
    }
    return { latencies, fault: chosen };
  }

  #keep(draw: Rule["draw"]): ScriptedFault {
    const rule: Rule = { hits: 0, draw };
    this.#rules.push(rule);
    return {
      get hits() {
        return rule.hits;
      },
      remove: () => {
        this.#rules = this.#rules.filter((other) => other !== rule);
      },
    };
  }
}
