import type { AnswerBody } from "./answer.ts";

/** Rendered pages, the least recently used dropped first. Empty again after any change of the model. */
export class PageCache {
  readonly #most: number;
  readonly #pages = new Map<string, AnswerBody>();
  #bytes = 0;
  #version = 0;

  /** Keeps pages of at most `most` bytes together; their compressed form is not counted. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The page with this key as of `version`, rendered at need. */
  get(key: string, version: number, render: () => AnswerBody): AnswerBody {
    if (version !== this.#version) {
      this.#pages.clear();
      this.#bytes = 0;
      this.#version = version;
    }
    const kept = this.#pages.get(key);
    const page = kept ?? render();
    if (kept === undefined) this.#bytes += page.bytes.length;
    else this.#pages.delete(key);
    this.#pages.set(key, page);
    this.#shrink();
    return page;
  }

  #shrink(): void {
    for (const [key, page] of this.#pages) {
      if (this.#bytes <= this.#most) return;
      this.#pages.delete(key);
      this.#bytes -= page.bytes.length;
    }
  }
}
