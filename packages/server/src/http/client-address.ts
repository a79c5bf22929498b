/** Who is at the other end: the connection, or what a trusted proxy says of it. */
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import ipaddr from 'ipaddr.js';

export interface Client {
  readonly address: string;
  readonly secure: boolean;
  readonly host: string;
}

export type ClientOf = (request: IncomingMessage) => Client;

type Block = [ipaddr.IPv4 | ipaddr.IPv6, number];

/**
 * @param trusted addresses and CIDR blocks, separated by commas, whose forwarded headers are believed.
 * @throws Error with a sentence when one of them is neither.
 */
export function createClientOf(trusted: string): ClientOf {
  const blocks = trusted
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseBlock);
  return (request) => {
    const socket = request.socket;
    const address = plain(socket.remoteAddress ?? '');
    const direct: Client = {
      address,
      secure: (socket as TLSSocket).encrypted === true,
      host: request.headers.host ?? '',
    };
    if (!within(address, blocks)) return direct;
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => plain(part.trim()))
      .filter((part) => ipaddr.isValid(part));
    // Read from the nearest hop outwards: the first one that is no proxy of ours is the client.
    const client = forwarded.findLast((hop) => !within(hop, blocks)) ?? forwarded[0] ?? address;
    const protocol = first(request.headers['x-forwarded-proto']);
    const host = first(request.headers['x-forwarded-host']);
    return { address: client, secure: protocol ? protocol === 'https' : direct.secure, host: host || direct.host };
  };
}

function parseBlock(text: string): Block {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch {
    throw new Error(`--trusted-proxy: '${text}' is neither an address nor a CIDR block.`);
  }
}

function within(address: string, blocks: readonly Block[]): boolean {
  if (blocks.length === 0 || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return blocks.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match([network, bits] as never));
}

/** `::ffff:127.0.0.1` is `127.0.0.1`. */
const plain = (address: string): string =>
  /^\d+\.\d+\.\d+\.\d+$/.test(address)
    ? address
    : ipaddr.isValid(address)
      ? ipaddr.process(address).toString()
      : address;

const first = (header: string | string[] | undefined): string =>
  String(header ?? '')
    .split(',')[0]!
    .trim();
