import { BlockList, isIP } from 'node:net';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
const unmapped = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;

/**
 * Whom a request comes from. Behind a proxy that is trusted (TRUSTED_PROXIES) it is the last address in
 * `X-Forwarded-For` that is not a trusted proxy itself; what stands before it anybody can write. From anywhere else
 * the header counts for nothing.
 */
export function clientAddress(
  trustedCidrs: readonly string[],
): (socket: string | null, forwarded: string | undefined) => string | null {
  const trusted = new BlockList();
  for (const cidr of trustedCidrs) {
    const [net = '', prefix] = cidr.split('/');
    trusted.addSubnet(net, Number(prefix), familyOf(net));
  }
  const isTrusted = (address: string): boolean => trusted.check(address, familyOf(address));
  return (socket, forwarded) => {
    if (socket === null || trustedCidrs.length === 0) return socket;
    let client = unmapped(socket);
    const hops = (forwarded ?? '').split(',').map((hop) => unmapped(hop.trim()));
    while (isTrusted(client)) {
      const before = hops.pop();
      if (before === undefined || isIP(before) === 0) break;
      client = before;
    }
    return client;
  };
}
