import type { RawRequest } from "@typeload/cliengo-sdk";

/** `GET /contacts?offset=50`: for the page log and for messages. The SDK leaves credentials out of `request`. */
export function describeRequest({ method, path, query }: RawRequest): string {
  const search = new URLSearchParams(query).toString();
  return `${method} ${path}${search === "" ? "" : `?${search}`}`;
}
