import { z } from 'zod';
import { approvalsOperations } from './approvals-operations.ts';
import { breakersOperations } from './breakers.server.ts';
import { campaignsOperations } from './campaigns.server.ts';
import { disputesOperations } from './disputes-operations.ts';
import { ingestOperations } from './ingest-operations.ts';
import { issuesOperations } from './issues.server.ts';
import { jobsOperations } from './jobs-operations.ts';
import { leadsOperations } from './leads.server.ts';
import type { Operation } from './operation.ts';
import { postbacksOperations } from './postbacks.server.ts';
import { webhooksOperations } from './webhooks.server.ts';

/** JSON Schema of a zod schema, as requests are written: what a default fills in may be left out. */
const jsonSchema = (schema: z.ZodType, io: 'input' | 'output' = 'input'): Record<string, unknown> => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<
    string,
    unknown
  >;
  return rest;
};

const failure = z.object({
  success: z.literal(false),
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
});

const COMMON: Record<number, string> = {
  400: 'VALIDATION_ERROR: a field is wrong; details name each.',
  401: 'AUTH_MISSING or AUTH_INVALID_KEY.',
  403: 'FORBIDDEN: the key lacks the scope, or the origin is not allowed.',
  404: 'NOT_FOUND.',
  413: 'TOO_LARGE.',
  503: 'UNAVAILABLE: nothing was stored; repeat after Retry-After seconds.',
};

function parameters(operation: Operation): unknown[] {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  if (!operation.query) return inPath;
  const { properties = {}, required = [] } = jsonSchema(operation.query) as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return [
    ...inPath,
    ...Object.entries(properties).map(([name, schema]) => ({
      name,
      in: 'query',
      required: required.includes(name),
      schema,
    })),
  ];
}

function responses(operation: Operation): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [status, { description, data }] of Object.entries(operation.answers)) {
    const schema =
      Number(status) >= 400 ? failure : data ? z.object({ success: z.literal(true), data }) : null;
    out[status] = {
      description,
      ...(schema ? { content: { 'application/json': { schema: jsonSchema(schema, 'output') } } } : {}),
    };
  }
  for (const [status, description] of Object.entries(COMMON)) {
    if (status === '404' && !operation.path.includes('{')) continue;
    out[status] ??= {
      description,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
    };
  }
  return out;
}

/** The OpenAPI 3.1 document, made from the schemas that check requests. `url` is the public address. */
export function openApiDocument(url: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of [
    ...ingestOperations,
    ...postbacksOperations,
    ...leadsOperations,
    ...disputesOperations,
    ...approvalsOperations,
    ...jobsOperations,
    ...issuesOperations,
    ...breakersOperations,
    ...campaignsOperations,
    ...webhooksOperations,
  ]) {
    paths[operation.path] ??= {};
    (paths[operation.path] as Record<string, unknown>)[operation.method] = {
      summary: operation.summary,
      ...(operation.scope
        ? { security: [{ apiKey: [] }], description: `Needs an API key with the scope ${operation.scope}.` }
        : { security: [] }),
      parameters: parameters(operation),
      ...(operation.body
        ? {
            requestBody: {
              required: true,
              content: { 'application/json': { schema: jsonSchema(operation.body) } },
            },
          }
        : {}),
      responses: responses(operation),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Leadline',
      version: '1',
      description:
        'Report captures, conversions and refunds; read and operate postbacks, leads and campaigns. Money is integer minor units; times are ISO 8601.',
    },
    servers: [{ url }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: ll_…' } },
      schemas: { Failure: jsonSchema(failure, 'output') },
    },
  };
}
