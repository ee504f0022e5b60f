import { fastify, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { errorAnswer } from "./answer.ts";
import { ApiError } from "./api-error.ts";
import { exchange, type ExchangeParts } from "./exchange.ts";
import { allRoutes } from "./routes/all-routes.ts";
import type { Route } from "./routes/route.ts";

/** The server of one simulator, not listening yet. */
export function createServer(parts: ExchangeParts): FastifyInstance {
  // What does not come to an operation (too large a body, too long a path) is refused in the API's own words as well.
  const refuse = (error: FastifyError, reply: FastifyReply): void => {
    const refusal = new ApiError(error.statusCode ?? 500, error.code.toLowerCase(), error.message);
    const { status, contentType, body } = errorAnswer(refusal, parts.settings.errorBody);
    void reply.code(status).type(contentType).send(body.bytes);
  };
  const server = fastify({
    frameworkErrors: (error, _request, reply) => refuse(error, reply),
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1000 },
  });
  // Bodies stay text: whether they are JSON is for the operation to say, as an error of the API.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));

  server.setErrorHandler<FastifyError>((error, _request, reply) => refuse(error, reply));

  const answerWith = (route: Route | undefined) => async (request: FastifyRequest, reply: FastifyReply) => {
    await exchange(parts, route, request, reply);
    return reply;
  };
  for (const route of allRoutes) {
    server.route({
      method: route.method,
      url: `${parts.base}${route.path}`,
      exposeHeadRoute: false,
      handler: answerWith(route),
    });
  }
  server.options("*", async (_request, reply) =>
    reply
      .code(204)
      .headers({
        "access-control-allow-origin": "*",
        "access-control-allow-headers": "authorization, content-type",
        "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
      })
      .send(),
  );
  server.setNotFoundHandler(answerWith(undefined));
  return server;
}
