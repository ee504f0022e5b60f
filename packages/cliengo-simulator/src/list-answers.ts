import { AnswerBody, type Answer } from "./answer.ts";
import { wrap } from "./envelope.ts";
import type { Fault } from "./fault.ts";
import type { CliengoModel } from "./model/cliengo-model.ts";
import type { ListName } from "./model/model-change.ts";
import type { RecordList } from "./model/record-list.ts";
import { PageCache } from "./page-cache.ts";
import { readSlice } from "./paging.ts";
import type { Settings } from "./settings.ts";
import type { SimulatorRequest } from "./simulator-request.ts";

/** Which records of a list a filter leaves, as positions in it, and a text that names the filter. */
export interface Selection {
  readonly key: string;
  readonly size: number;
  position(place: number): number;
}

/** Answers pages of lists, with the faults that concern the list itself. */
export class ListAnswers {
  readonly #model: CliengoModel;
  readonly #settings: Settings;
  readonly #pages: PageCache;

  constructor(model: CliengoModel, settings: Settings) {
    this.#model = model;
    this.#settings = settings;
    this.#pages = new PageCache(settings.pageCache);
  }

  /**
   * The page of `list` that the request asks for. `parent` tells lists of the same name apart; `selection` leaves
   * records out.
   */
  page(
    request: SimulatorRequest,
    fault: Fault | undefined,
    name: ListName,
    list: RecordList<object>,
    options: { parent?: string; selection?: Selection } = {},
  ): Answer {
    const slice = readSlice(request.query, name, this.#settings);
    const selection = options.selection ?? { key: "", size: list.size, position: (place) => place };
    const repeated = fault?.kind === "duplicate-rows" ? (fault.rows ?? 5) : 0;
    const listFault = fault?.kind === "wrong-total" || fault?.kind === "empty-list" || repeated > 0;

    const render = (): AnswerBody => {
      const records: string[] = [];
      const end = fault?.kind === "empty-list" ? 0 : Math.min(slice.offset + slice.limit, selection.size);
      // The first page has none before it: it repeats its own first rows.
      const start = slice.offset - Math.min(repeated, slice.offset);
      for (let place = 0; place < Math.min(slice.offset === 0 ? repeated : 0, end); place++)
        records.push(textAt(place));
      for (let place = start; place < end; place++) records.push(textAt(place));
      const paging = { limit: slice.limit, total: totalOf(selection.size, fault), offset: slice.offset };
      return new AnswerBody(wrap(name, this.#settings.envelope(name), paging, records));
    };
    const textAt = (place: number): string => list.textAt(selection.position(place)) ?? "null";

    const key = `${name} ${options.parent ?? ""} ${slice.offset} ${slice.limit} ${selection.key}`;
    const body = listFault ? render() : this.#pages.get(key, this.#model.journal.length, render);
    return { status: 200, contentType: "application/json; charset=utf-8", body };
  }
}

function totalOf(total: number, fault: Fault | undefined): number {
  if (fault?.kind !== "wrong-total") return total;
  return typeof fault.total === "function" ? fault.total(total) : fault.total;
}
