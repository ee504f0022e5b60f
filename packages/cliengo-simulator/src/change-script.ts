import type { KeyControl } from "./authentication.ts";
import { churn, type ChurnRates } from "./churn.ts";
import type { CliengoModel } from "./model/cliengo-model.ts";
import { Random, streamOf } from "./random.ts";
import { matches, type RequestMatch } from "./request-match.ts";
import type { SimulatorRequest } from "./simulator-request.ts";

const stream = streamOf("changes");

/** What a change may look at besides the model. */
export interface ChangeContext {
  /** The request that is about to be answered. */
  readonly request: SimulatorRequest;
  readonly authentication: KeyControl;
  /** Seeded by the simulator's seed and the request's number. */
  readonly random: Random;
}

/** A change of the model before a request is answered; the request itself already sees it. */
export type Change = (model: CliengoModel, context: ChangeContext) => void;

/** A change that was scripted. */
export interface ScriptedChange {
  /** How often it was made so far. */
  readonly hits: number;
  remove(): void;
}

interface Step {
  hits: number;
  due(request: SimulatorRequest): boolean;
  readonly apply: Change;
}

/** From which of the matching requests on a change is made, and how often. */
export interface ChangePlan extends RequestMatch {
  /** Default 1. */
  readonly nth?: number | undefined;
  /** Default 1. */
  readonly times?: number | undefined;
}

/** The script of what others do to the account while it is being read, as its writer sees it. */
export interface ChangeControl {
  /** Makes the change just before the `request`-th request since the start (1 is the first) is answered. */
  at(request: number, apply: Change): ScriptedChange;
  /** Makes the change before matching requests. */
  when(plan: ChangePlan, apply: Change): ScriptedChange;
  /** Before every matching request, inserts, edits and deletes contacts or conversations at random, by the seed. */
  churn(rates: ChurnRates & { readonly match?: RequestMatch | undefined }): ScriptedChange;
  /** Removes every change that was not made yet. */
  clear(): void;
}

/** The script of changes, with what the server asks of it. */
export class ChangeScript implements ChangeControl {
  readonly #seed: number;
  readonly #model: CliengoModel;
  readonly #authentication: KeyControl;
  #steps: Step[] = [];

  constructor(seed: number, model: CliengoModel, authentication: KeyControl) {
    this.#seed = seed;
    this.#model = model;
    this.#authentication = authentication;
  }

  at(request: number, apply: Change): ScriptedChange {
    return this.when({ request }, apply);
  }

  when(plan: ChangePlan, apply: Change): ScriptedChange {
    const { nth = 1, times = 1 } = plan;
    let seen = 0;
    return this.#keep((request) => {
      if (!matches(plan, request)) return false;
      seen += 1;
      return seen >= nth && seen < nth + times;
    }, apply);
  }

  churn(rates: ChurnRates & { readonly match?: RequestMatch | undefined }): ScriptedChange {
    return this.#keep(
      (request) => matches(rates.match ?? {}, request),
      (model, { random }) => churn(model, rates, random),
    );
  }

  clear(): void {
    this.#steps = [];
  }

  /** Makes what is due before this request. */
  run(request: SimulatorRequest): void {
    for (const step of this.#steps) {
      if (!step.due(request)) continue;
      step.hits += 1;
      const random = new Random(this.#seed, stream, request.number, step.hits);
      step.apply(this.#model, { request, authentication: this.#authentication, random });
    }
  }

  #keep(due: Step["due"], apply: Change): ScriptedChange {
    const step: Step = { hits: 0, due, apply };
    this.#steps.push(step);
    return {
      get hits() {
        return step.hits;
      },
      remove: () => {
        this.#steps = this.#steps.filter((other) => other !== step);
      },
    };
  }
}
