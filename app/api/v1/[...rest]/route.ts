import { failure } from "@/lib/http/failure";
import { AppError } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";

/** An address that is no door answers in the same words as every other refusal. */
async function refuse(request: Request): Promise<Response> {
  const requestId = request.headers.get("x-request-id") ?? `req_${uuidv7()}`;
  return failure(
    new AppError("not_found", "There is no such route. /docs lists all of them.", { reason: "no_route" }),
    requestId,
  );
}

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as POST, refuse as PUT };
