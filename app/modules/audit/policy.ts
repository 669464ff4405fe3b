/** Names that, in a detail, stand before something nobody may read later. */
const SECRET_NAME =
  /^(password|passwd|secret|newsecret|token|accesstoken|refreshtoken|authorization|cookie|credentials|key|apikey|privatekey)$/i;
/** Keys of Leadline and of networks, wherever they turn up in a text. */
const SECRET_VALUE = /\b(ll|rgt_live|refv_live|pk_live|sk_live|sk_test|whsec)_[A-Za-z0-9_-]{8,}/g;

const HIDDEN = '(not recorded)';

/**
 * The detail as it may be kept for ever: values under a secret's name are left out, and keys inside texts are cut.
 * A second line of defence; callers hand over no secrets in the first place.
 */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(SECRET_VALUE, HIDDEN);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_NAME.test(name.replaceAll(/[-_ ]/g, '')) ? HIDDEN : withoutSecrets(inner),
    ]),
  );
}
