/** `SourceIpConfig` of a workforce: the networks from which its people may come (SageMaker API reference, SourceIpConfig). */
import ipaddr from 'ipaddr.js';
import type { Workforce } from '../domain/rows.ts';

/**
 * Whether somebody at an address may see anything of the portal. An empty list restricts nothing; an address that cannot
 * be read is in no network.
 */
export function isAllowedAddress(workforce: Pick<Workforce, 'config'> | undefined, address: string): boolean {
  const { Cidrs = [] } = (workforce?.config.SourceIpConfig ?? {}) as { Cidrs?: readonly string[] };
  if (Cidrs.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  // What comes as `::ffff:192.0.2.1` is 192.0.2.1.
  const client = ipaddr.process(address);
  return Cidrs.some((cidr) => {
    const [network, bits] = blockOf(cidr);
    return network.kind() === client.kind() && client.match([network, bits] as never);
  });
}

function blockOf(cidr: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const [network, bits] = ipaddr.parseCIDR(cidr);
  const isMapped = network.kind() === 'ipv6' && (network as ipaddr.IPv6).isIPv4MappedAddress() && bits >= 96;
  return isMapped ? [(network as ipaddr.IPv6).toIPv4Address(), bits - 96] : [network, bits];
}
