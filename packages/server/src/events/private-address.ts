/**
 * Which addresses an event may be sent to: global unicast ones. Everything else (private, loopback, link-local, shared,
 * multicast, documentation, and every form that wraps an IPv4 address, such as IPv4-mapped, NAT64, 6to4 and Teredo) could
 * lead to this machine or its network, where the server's word counts for more than the target's owner's.
 */
import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether an address, as the system resolver or `new URL` writes it, is not global unicast. */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) === 0) return true;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return true;
  // Of IPv6 only 2000::/3 is assigned for global unicast; `unicast` also stands for what has no name, such as ::a.b.c.d.
  return parsed instanceof ipaddr.IPv6 && (parsed.parts[0]! & 0xe000) !== 0x2000;
}

/** The sentence for an address that is refused. */
const privateAddressError = (host: string, address: string): Error =>
  new Error(
    `${address === host ? `The address ${host}` : `${host} has the address ${address}, which`} is private or reserved; the server sends there only with --allow-private-targets.`,
  );

/** The error for a URL whose host is a literal private address; undefined for others, and for names, which are looked up. */
export function privateUrlError({ hostname }: URL): Error | undefined {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && isPrivateAddress(host) ? privateAddressError(host, host) : undefined;
}

/** All addresses of a name, or the resolver's error. */
export type Resolve = (
  host: string,
  options: { readonly all: true; readonly family?: number | 'IPv4' | 'IPv6' | undefined },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A `lookup` for sockets that gives them public addresses only, so that what was checked is what is connected to, however
 * often the name changes its addresses. Sockets do not look up literal addresses: check those with `privateUrlError`.
 */
export function publicLookup(resolve: Resolve = systemLookup): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { all: true, family: options.family }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const allowed = addresses.filter(({ address }) => !isPrivateAddress(address));
      const [first] = allowed;
      if (!first) return callback(privateAddressError(host, addresses[0]?.address ?? 'unknown'), '', 0);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
