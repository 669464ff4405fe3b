import { z } from 'zod';

const scope = {
  /** Which call breaks. */
  route: z.enum(['postback', 'dispute', 'campaign', 'activate', 'all']).default('all'),
  /** Only requests about this externalId (for a dispute: of the lead's conversion). */
  externalId: z.string().optional(),
  /** Only postbacks with this rgta_ref. */
  ref: z.string().optional(),
  /** How likely each matching request breaks, 0 to 1. */
  probability: z.number().min(0).max(1).default(1),
  /** How many requests still break; without it, all do. */
  remaining: z.int().positive().optional(),
};
const afterWork = z.boolean().default(false);

/** One way to break, and for which requests. `afterWork`: the network acts on the request, then breaks. */
export const FaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('500'), afterWork, ...scope }),
  z.strictObject({ kind: z.literal('timeout'), afterWork, ...scope }),
  z.strictObject({ kind: z.literal('reset_before_work'), ...scope }),
  z.strictObject({ kind: z.literal('reset_after_work'), ...scope }),
  z.strictObject({ kind: z.literal('slow'), ms: z.int().min(0).max(600_000), ...scope }),
  z.strictObject({
    kind: z.literal('not_json'),
    status: z.int().min(200).max(599).default(502),
    afterWork,
    ...scope,
  }),
  z.strictObject({
    kind: z.literal('huge'),
    bytes: z.int().min(65_537).max(50_000_000).default(100_000),
    ...scope,
  }),
  z.strictObject({ kind: z.literal('truncated'), ...scope }),
  z.strictObject({ kind: z.literal('429'), retryAfterSeconds: z.int().min(0).default(5), ...scope }),
  z.strictObject({
    kind: z.literal('redirect'),
    status: z
      .union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)])
      .default(307),
    location: z.string().min(1).default('/moved'),
    ...scope,
  }),
  z.strictObject({ kind: z.literal('alter_data'), data: z.record(z.string(), z.unknown()), ...scope }),
]);

export type Fault = z.infer<typeof FaultSchema>;
export type FaultInput = z.input<typeof FaultSchema>;
