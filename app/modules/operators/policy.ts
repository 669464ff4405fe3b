import { AppError, type ErrorDetail } from '#app/platform/errors.ts';
import { ROLES, type Role, type Scope } from './schema.ts';

/** What a person may want to do. */
export const ACTIONS = [
  'view',
  'retry_postback',
  'triage',
  'dispute_lead',
  'reconcile',
  'manage_campaigns',
  'manage_settings',
  'manage_keys',
] as const;
export type Action = (typeof ACTIONS)[number];

const ALLOWED: Record<Role, readonly Action[]> = {
  owner: ACTIONS,
  ops: ['view', 'retry_postback', 'triage', 'dispute_lead', 'manage_campaigns'],
  finance: ['view', 'dispute_lead', 'reconcile'],
  viewer: ['view'],
};

const DOING: Record<Action, string> = {
  view: 'Looking at this',
  retry_postback: 'Retrying postbacks',
  triage: 'Working on issues and bulk jobs',
  dispute_lead: 'Disputing leads',
  reconcile: 'Reconciling files',
  manage_campaigns: 'Changing campaigns',
  manage_settings: 'Changing settings',
  manage_keys: 'Making and revoking API keys',
};

/** Whether someone in this role may do it. The system itself may do everything. */
export const can = (role: Role | 'system', action: Action): boolean =>
  role === 'system' || ALLOWED[role].includes(action);

/** The roles that may do it, from the most to the least. */
export const rolesFor = (action: Action): Role[] => ROLES.filter((role) => can(role, action));

/** Throws FORBIDDEN with the role that is needed and whom to ask. */
export function requireCan(actor: { role: Role | 'system' }, action: Action): void {
  if (can(actor.role, action)) return;
  throw new AppError(
    'FORBIDDEN',
    `${DOING[action]} needs the role ${oneOf(rolesFor(action))}; yours is ${actor.role}. Ask an owner to do it or to change your role.`,
  );
}

/** Throws FORBIDDEN with the scope that the API key lacks. */
export function requireScope(key: { name: string; scopes: ReadonlySet<Scope> }, scope: Scope): void {
  if (key.scopes.has(scope)) return;
  throw new AppError(
    'FORBIDDEN',
    `This call needs an API key with the scope ${scope}; the key "${key.name}" has ${[...key.scopes].join(', ') || 'none'}. Make a key with the scope ${scope} in Settings, or use one that has it.`,
  );
}

/** The role stored with a person; anything unknown may only look. */
export const roleOf = (stored: string | null | undefined): Role =>
  ROLES.find((role) => role === stored) ?? 'viewer';

const oneOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** Input that a schema refused, as VALIDATION_ERROR with a path for each fault. */
export function refusedInput(issues: readonly { path: PropertyKey[]; message: string }[]): AppError {
  const details: ErrorDetail[] = issues.map(({ path, message }) => ({
    path: path.map(String).join('.'),
    message,
  }));
  const text = details.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('. ');
  return new AppError('VALIDATION_ERROR', text, { details });
}
