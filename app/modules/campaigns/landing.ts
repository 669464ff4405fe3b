/** Landing page addresses: what may be one, and how a tracking code is put on it. Client-safe. */

/** Says what is wrong with a landing page address, or null. Only http(s), with a host, at most 2000 characters. */
export function landingUrlFault(text: string): string | null {
  if (text === '') return 'Type the address of your landing page.';
  if (text.length > 2000) return 'The address is longer than 2000 characters.';
  if (/\s/.test(text)) return 'The address contains a space. Copy it again without anything around it.';
  if (!URL.canParse(text))
    return 'This is no web address. It starts with https:// and a host, e.g. https://shop.example/';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return 'Only http:// and https:// addresses can be landed on.';
  if (url.username !== '' || url.password !== '') return 'Leave the name and password out of the address.';
  return null;
}

/**
 * The address with `name=value` in its query, in place of any such parameter that was there (RG-01). The other
 * parameters, the path and the fragment keep every byte.
 */
export function withQueryParameter(address: string, name: string, value: string): string {
  const hashAt = address.indexOf('#');
  const beforeHash = hashAt < 0 ? address : address.slice(0, hashAt);
  const hash = hashAt < 0 ? '' : address.slice(hashAt);
  const queryAt = beforeHash.indexOf('?');
  const path = queryAt < 0 ? beforeHash : beforeHash.slice(0, queryAt);
  const query = queryAt < 0 ? '' : beforeHash.slice(queryAt + 1);
  const others = query.split('&').filter((part) => part !== '' && nameOf(part) !== name);
  return `${path}?${[...others, `${name}=${encodeURIComponent(value)}`].join('&')}${hash}`;
}

function nameOf(part: string): string {
  return new URLSearchParams(part).keys().next().value ?? '';
}
