import type { Context } from 'hono';
import { saveRecord } from '#app/modules/capture/index.server.ts';
import { captureSchema, recordSchema } from '#app/modules/capture/schema.ts';
import { reportRefund } from '#app/modules/disputes/index.server.ts';
import { refundSchema } from '#app/modules/disputes/refund-schema.ts';
import type { NewConversion, StoredConversion } from '#app/modules/intake/index.server.ts';
import { type ConversionInput, conversionBatchSchema, conversionSchema } from '#app/modules/intake/schema.ts';
import { actorOfKey, requireScope, type VerifiedKey } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { answerJson } from '../answer.server.ts';
import { BATCH_BODY_MAX, BODY_MAX, checked, issueDetails, parseJson, readText } from '../body.server.ts';
import type { Runtime } from '../runtime.server.ts';

const ok = (c: Context, data: unknown, status: number): Response =>
  answerJson(c, { success: true, data }, status);

async function ingestKey(runtime: Runtime, c: Context): Promise<VerifiedKey> {
  const key = await runtime.keys.verify(c.req.header('authorization'));
  requireScope(key, 'ingest');
  return key;
}

/** POST /api/v1/conversions. */
export async function postConversion(runtime: Runtime, c: Context): Promise<Response> {
  await ingestKey(runtime, c);
  const input = checked(conversionSchema, parseJson(await readText(c.req.raw, BODY_MAX)));
  const accountId = await runtime.accounts.idByName(input.network);
  const [stored] = await runtime.intake.reportConversions([{ accountId, input, origin: 'api' }]);
  if (!stored || stored.kind === 'conflict') throw conflict(input);
  const { kind, ...data } = stored;
  return ok(c, data, kind === 'created' ? 202 : 200);
}

const conflict = (input: ConversionInput): AppError =>
  new AppError(
    'CONFLICT',
    `externalId ${input.externalId} was already reported with other content. What came now is kept for triage and is not sent; one conversion has one externalId.`,
    {
      details: [{ path: 'externalId', message: 'taken by other content' }],
    },
  );

type BatchResult = { index: number; status: number } & (
  | { data: unknown }
  | { error: { code: string; message: string; details?: unknown } }
);

/** POST /api/v1/conversions/batch: one result each; what is right is stored though its neighbour is wrong. */
export async function postConversionBatch(runtime: Runtime, c: Context): Promise<Response> {
  await ingestKey(runtime, c);
  const { conversions } = checked(
    conversionBatchSchema,
    parseJson(await readText(c.req.raw, BATCH_BODY_MAX)),
  );
  const results: BatchResult[] = [];
  const accepted: { index: number; conversion: NewConversion }[] = [];
  for (const [index, value] of conversions.entries()) {
    const parsed = conversionSchema.safeParse(value);
    if (!parsed.success) {
      const details = issueDetails(parsed.error);
      results[index] = {
        index,
        status: 400,
        error: { code: 'VALIDATION_ERROR', message: details.map((d) => d.message).join('; '), details },
      };
      continue;
    }
    try {
      const accountId = await runtime.accounts.idByName(parsed.data.network);
      accepted.push({ index, conversion: { accountId, input: parsed.data, origin: 'api' } });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      results[index] = {
        index,
        status: error.status,
        error: {
          code: error.code,
          message: error.message,
          ...(error.details ? { details: error.details } : {}),
        },
      };
    }
  }
  const stored =
    accepted.length > 0 ? await runtime.intake.reportConversions(accepted.map((a) => a.conversion)) : [];
  for (const [i, { index, conversion }] of accepted.entries())
    results[index] = batchResult(index, stored[i] as StoredConversion, conversion.input);
  return ok(c, results, 207);
}

function batchResult(index: number, stored: StoredConversion, input: ConversionInput): BatchResult {
  if (stored.kind === 'conflict') {
    const { code, message, details } = conflict(input);
    return { index, status: 409, error: { code, message, ...(details ? { details } : {}) } };
  }
  const { kind, ...data } = stored;
  return { index, status: kind === 'created' ? 202 : 200, data };
}

/** POST /api/v1/captures. */
export async function postCapture(runtime: Runtime, c: Context): Promise<Response> {
  await ingestKey(runtime, c);
  const input = checked(captureSchema, parseJson(await readText(c.req.raw, BODY_MAX)));
  const accountId = await runtime.accounts.idByName(input.network);
  const saved = await runtime.intake.reportCapture({ ...input, accountId, source: 'api' });
  return saved.kind === 'created'
    ? ok(c, { id: saved.id }, 201)
    : ok(c, { id: saved.id, kept: saved.kept }, 200);
}

/** POST /api/v1/records. */
export async function postRecord(runtime: Runtime, c: Context): Promise<Response> {
  await ingestKey(runtime, c);
  const input = checked(recordSchema, parseJson(await readText(c.req.raw, BODY_MAX)));
  const accountId = await runtime.accounts.idByName(input.network);
  const saved = await saveRecord(runtime.ctx, { ...input, accountId });
  if (saved.kind === 'kept') return ok(c, { id: saved.id, kept: saved.kept }, 200);
  return ok(c, { id: saved.id }, saved.kind === 'created' ? 201 : 200);
}

/** POST /api/v1/refunds. */
export async function postRefund(runtime: Runtime, c: Context): Promise<Response> {
  const key = await ingestKey(runtime, c);
  const body = checked(refundSchema, parseJson(await readText(c.req.raw, BODY_MAX)));
  const reported = await reportRefund(runtime.ctx, runtime.wiring.disputes, {
    body,
    source: 'api',
    actor: actorOfKey(key, null),
  });
  if (reported.kind === 'conflict')
    throw new AppError('CONFLICT', reported.message, {
      details: [{ path: 'refundId', message: 'taken by other content' }],
    });
  return ok(
    c,
    { id: reported.id, disposition: reported.disposition },
    reported.kind === 'created' ? 202 : 200,
  );
}
