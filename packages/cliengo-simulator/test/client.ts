import type { CliengoSimulator, JsonObject } from "@typeload/cliengo-simulator";

/** A page as the default envelope has it. */
export interface Page {
  readonly paging: { readonly limit: number; readonly total: number; readonly offset: number };
  readonly results: readonly {
    readonly id: string;
    readonly creationDate: string;
    readonly [member: string]: unknown;
  }[];
}

export function address(simulator: CliengoSimulator, path: string): string {
  return `${simulator.url}${path}${path.includes("?") ? "&" : "?"}api_key=${simulator.apiKey}`;
}

export async function getText(simulator: CliengoSimulator, path: string): Promise<string> {
  const response = await fetch(address(simulator, path));
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.text();
}

/** The answer as JSON, taken for what the caller says it is. */
export async function getJson<T = JsonObject>(simulator: CliengoSimulator, path: string): Promise<T> {
  // The caller names what the operation answers.
  return JSON.parse(await getText(simulator, path)) as T;
}

export async function getPage(simulator: CliengoSimulator, path: string): Promise<Page> {
  return getJson<Page>(simulator, path);
}

export async function send(
  simulator: CliengoSimulator,
  method: string,
  path: string,
  body?: object | string,
): Promise<{ status: number; body: { readonly [member: string]: unknown } }> {
  const response = await fetch(address(simulator, path), {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  // Every operation answers an object, errors too.
  return { status: response.status, body: JSON.parse(await response.text()) as { readonly [member: string]: unknown } };
}
