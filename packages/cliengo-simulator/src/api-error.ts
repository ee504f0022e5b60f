/** A refusal that the client sees: an HTTP status and a body. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
  }
}

export function badRequest(message: string, code = "bad_request"): ApiError {
  return new ApiError(400, code, message);
}

export function notFound(what: string, id: string): ApiError {
  return new ApiError(404, "not_found", `There is no ${what} with id ${id}`);
}
