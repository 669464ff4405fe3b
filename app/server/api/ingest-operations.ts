import { z } from 'zod';
import { browserCaptureSchema, captureSchema, recordSchema } from '#app/modules/capture/schema.ts';
import { refundSchema } from '#app/modules/disputes/refund-schema.ts';
import { DISPOSITIONS } from '#app/modules/disputes/schema.ts';
import { BATCH_MAX, conversionSchema } from '#app/modules/intake/schema.ts';
import type { Operation } from './operation.ts';

const stored = z.object({ id: z.string(), postbackId: z.string().nullable(), status: z.string() });
const captured = z.object({ id: z.string(), kept: z.string().optional() });

/** The calls by which machines report, as the OpenAPI document tells them. */
export const ingestOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/v1/conversions',
    scope: 'ingest',
    summary: 'Report a conversion. Its postback is sent in the background.',
    body: conversionSchema,
    answers: {
      202: {
        description:
          'Stored; the postback is on its way. status "unattributed": no tracking code, nothing is sent.',
        data: stored,
      },
      200: { description: 'The same externalId with the same content came before.', data: stored },
      409: {
        description: 'The externalId is taken by other content; what came is kept for triage and not sent.',
      },
    },
  },
  {
    method: 'post',
    path: '/api/v1/conversions/batch',
    scope: 'ingest',
    summary: `Report up to ${BATCH_MAX} conversions; one result each, all durable together.`,
    body: z.strictObject({ conversions: z.array(conversionSchema).min(1).max(BATCH_MAX) }),
    answers: {
      207: {
        description: 'One result each, in order, with the status the single call would have answered.',
        data: z.array(z.object({ index: z.int(), status: z.int(), data: stored.optional() })),
      },
    },
  },
  {
    method: 'post',
    path: '/api/v1/captures',
    scope: 'ingest',
    summary: 'Report a tracking code seen on arrival.',
    body: captureSchema,
    answers: {
      201: { description: 'Kept.', data: captured },
      200: {
        description: 'First touch wins: the code that was there stays ("kept"); the attempt is recorded.',
        data: captured,
      },
    },
  },
  {
    method: 'post',
    path: '/api/capture-ref',
    scope: null,
    summary: 'From a browser on an allow-listed origin: captures and sets the cookies, unless they are set.',
    body: browserCaptureSchema,
    answers: { 204: { description: 'Captured.' } },
  },
  {
    method: 'post',
    path: '/api/v1/records',
    scope: 'ingest',
    summary: 'Attach a tracking code to the first durable record. The record outranks the cookie.',
    body: recordSchema,
    answers: {
      201: { description: 'Attached.', data: captured },
      200: {
        description: 'It was attached before; with "kept", the record carries another code, which stays.',
        data: captured,
      },
    },
  },
  {
    method: 'post',
    path: '/api/v1/refunds',
    scope: 'ingest',
    summary: 'Report a refund, chargeback or fraud. The lead is disputed by policy.',
    body: refundSchema,
    answers: {
      202: {
        description: 'Stored and decided.',
        data: z.object({ id: z.string(), disposition: z.enum(DISPOSITIONS) }),
      },
      200: {
        description: 'The same refundId with the same content came before.',
        data: z.object({ id: z.string(), disposition: z.enum(DISPOSITIONS) }),
      },
      409: { description: 'The refundId is taken by other content.' },
    },
  },
];
