import { AppError } from '#app/platform/errors.ts';

/**
 * Runs what a button asks for and answers JSON: `{ok: true, …}`, or the coded error beside the thing acted on.
 * Anything else that is thrown stays an error of the server.
 */
export async function answered(work: () => Promise<object>): Promise<Response> {
  try {
    return Response.json({ ok: true, ...(await work()) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, details = [] } = error;
    return Response.json({ error: { code, message, details } }, { status: error.status });
  }
}
