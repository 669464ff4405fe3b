import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP } from 'node:net';

/**
 * Keeps outgoing requests off addresses that nobody allowed: private, link-local, loopback, metadata, multicast.
 * The check is made on the address that is really connected to, after DNS, so a name that resolves to a private
 * address is refused as well.
 */
export interface EgressGuard {
  /** Null when the address may be reached, else why not. */
  refusal(address: string): string | null;
  /** A `lookup` for sockets that only ever answers allowed addresses. */
  lookup: typeof dnsLookup;
}

class BlockedAddressError extends Error {
  readonly code = 'ERR_BLOCKED_ADDRESS';
}

const PRIVATE: [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  // addresses that carry an IPv4 address inside: compatible, translated (two prefixes), Teredo, 6to4
  ['::', 96, 'ipv6'],
  ['::ffff:0:0:0', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['2001::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** `::ffff:10.0.0.1` is 10.0.0.1: judge it as such. */
const unmapped = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;

export function createEgressGuard(allowedCidrs: readonly string[]): EgressGuard {
  const refused = new BlockList();
  for (const [net, prefix, kind] of PRIVATE) refused.addSubnet(net, prefix, kind);
  const allowed = new BlockList();
  for (const cidr of allowedCidrs) {
    const [net = '', prefix] = cidr.split('/');
    allowed.addSubnet(net, Number(prefix), family(net));
  }

  const refusal = (raw: string): string | null => {
    const address = unmapped(raw);
    const kind = family(address);
    if (!refused.check(address, kind) || allowed.check(address, kind)) return null;
    return `${address} is a private address; allow it with ALLOW_PRIVATE_DESTINATIONS=${address}/${kind === 'ipv4' ? 32 : 128}`;
  };

  const lookup = ((hostname: string, options: unknown, callback?: unknown) => {
    const done = (typeof options === 'function' ? options : callback) as (
      error: Error | null,
      address?: string | LookupAddress[],
      kind?: number,
    ) => void;
    const wanted = (typeof options === 'object' && options !== null ? options : {}) as { all?: boolean };
    dnsLookup(hostname, { ...wanted, all: true }, (error, addresses) => {
      if (error) return done(error);
      const ok = addresses.filter((entry) => refusal(entry.address) === null);
      const first = ok[0];
      if (!first) {
        const why = refusal(addresses[0]?.address ?? '') ?? `${hostname} has no address`;
        return done(new BlockedAddressError(`${hostname}: ${why}`));
      }
      if (wanted.all) done(null, ok);
      else done(null, first.address, first.family);
    });
  }) as typeof dnsLookup;

  return { refusal, lookup };
}
