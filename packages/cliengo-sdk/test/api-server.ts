import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export type Answer = (request: ReceivedRequest, response: ServerResponse, number: number) => void | Promise<void>;

export interface TestApi {
  readonly baseUrl: string;
  readonly requests: ReceivedRequest[];
  close(): Promise<void>;
}

/** A server on loopback that answers as the test says; `requests` is what it received. Closed with the test. */
export async function startApi(answer: Answer): Promise<TestApi> {
  const requests: ReceivedRequest[] = [];
  const listener: RequestListener = (message, response) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => {
      const url = new URL(message.url ?? "/", "http://localhost");
      const request = {
        method: message.method ?? "",
        path: url.pathname.replace(/^\/1\.0/, ""),
        query: url.searchParams,
        headers: message.headers,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(request);
      void answer(request, response, requests.length);
    });
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  // A server on a port has an address that is an object.
  const { port } = server.address() as AddressInfo;
  return { close, baseUrl: `http://127.0.0.1:${port}/1.0`, requests };
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(value));
}
