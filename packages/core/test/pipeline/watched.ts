import type { Destination, DestinationSession } from "../../src/destination/destination.ts";
import type { PackageStore, PackageWriter } from "../../src/extract/load-package.ts";

/** Called before and after each call of a destination or store; what it throws is what the caller gets. */
export interface Watch {
  before?(method: string, argument: unknown): void | Promise<void>;
  after?(method: string, argument: unknown): void | Promise<void>;
}

const sessionMethods = [
  "read",
  "claim",
  "renew",
  "release",
  "prepare",
  "stage",
  "commit",
  "discard",
  "drop",
  "query",
] as const;

/** The same destination, with somebody in the line. Methods are named `open`, `commit` …; disposing is never disturbed. */
export function watchedDestination(destination: Destination, watch: Watch): Destination {
  return {
    ...destination,
    async open(context) {
      const session = await watched(watch, "open", context, () => destination.open(context));
      return watchedMethods(session, sessionMethods, watch);
    },
  };
}

/** The same store, with somebody in the line: `pending`, `create`, `append`, `endPartition`, `seal`, `page`, `remove`. */
export function watchedStore(store: PackageStore, watch: Watch): PackageStore {
  return {
    location: store.location,
    pending: (...given) => watched(watch, "pending", undefined, () => store.pending(...given)),
    setAside: (loadId) => watched(watch, "setAside", loadId, () => store.setAside(loadId)),
    remove: (loadId) => watched(watch, "remove", loadId, () => store.remove(loadId)),
    async create(loadId, head) {
      const writer = await watched(watch, "create", loadId, () => store.create(loadId, head));
      return watchedMethods<PackageWriter>(writer, ["append", "endPartition", "seal"], watch);
    },
    async *read(loadId, signal) {
      for await (const page of store.read(loadId, signal)) {
        await watch.before?.("page", page);
        yield page;
      }
    },
  };
}

function watchedMethods<T extends PackageWriter | DestinationSession>(
  target: T,
  methods: readonly (keyof T)[],
  watch: Watch,
): T {
  return new Proxy(target, {
    get(object, key) {
      const member: unknown = Reflect.get(object, key, object);
      if (typeof member !== "function") return member;
      const call = (...given: unknown[]): unknown => Reflect.apply(member, object, given);
      if (!methods.some((method) => method === key)) return call;
      return (...given: unknown[]) => watched(watch, String(key), given[0], async () => call(...given));
    },
  });
}

async function watched<R>(watch: Watch, method: string, argument: unknown, work: () => Promise<R>): Promise<R> {
  await watch.before?.(method, argument);
  const result = await work();
  try {
    await watch.after?.(method, argument);
  } catch (error) {
    // The caller never sees what it would have to close.
    if (typeof result === "object" && result !== null && Symbol.asyncDispose in result) {
      await (result as AsyncDisposable)[Symbol.asyncDispose]();
    }
    throw error;
  }
  return result;
}
