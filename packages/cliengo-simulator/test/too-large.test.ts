import { startCliengoSimulator } from "@typeload/cliengo-simulator";
import { expect, test } from "vitest";
import { address } from "./client.ts";

test("what is too large for the server is refused in the API's own words", async () => {
  await using simulator = await startCliengoSimulator({ contacts: 1 });
  const body = `{"name":"${"x".repeat(1_100_000)}"}`;
  const tooLarge = await fetch(address(simulator, "/contacts"), { method: "POST", body });
  expect(tooLarge.status).toBe(413);
  const tooLong = await fetch(address(simulator, `/contacts/${"x".repeat(2000)}`));
  expect(tooLong.status).toBe(414);
  for (const answer of [tooLarge, tooLong]) {
    const { status } = answer;
    const text = expect.any(String);
    expect(await answer.json()).toEqual({ status, code: text, message: text, detail: text });
  }
  await using plain = await startCliengoSimulator({ contacts: 1, errorBody: "text" });
  const answer = await fetch(address(plain, "/contacts"), { method: "POST", body });
  expect(answer.headers.get("content-type")).toContain("text/plain");
});
