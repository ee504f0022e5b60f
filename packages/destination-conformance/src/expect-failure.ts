import { isTypeloadError, type TypeloadError } from "@typeload/core";

/** The typeload error that the work fails with; an error when it succeeds, or fails with another code. */
export async function expectFailure(work: Promise<unknown>, code: string): Promise<TypeloadError> {
  try {
    await work;
  } catch (error) {
    if (isTypeloadError(error) && error.code === code) return error;
    throw new Error(`expected an error of code ${code}, but it failed otherwise: ${String(error)}`, { cause: error });
  }
  throw new Error(`expected an error of code ${code}, but it succeeded`);
}

/** Fails when the work succeeds; how it fails does not matter. */
export async function expectAnyFailure(work: Promise<unknown>): Promise<void> {
  let failed = false;
  await work.catch(() => {
    failed = true;
  });
  if (!failed) throw new Error("expected it to fail, but it succeeded");
}
