/** The way to a server: its name, a connection, its certificate. */
import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { type Check, failed, ok, warning } from './check.ts';
import type { Route } from './route.ts';

/** Milliseconds until a connection has to stand. */
const timeout = 5000;
const day = 24 * 60 * 60_000;
/** A certificate that ends sooner should have been renewed. */
const soon = 21 * day;

const hostOf = ({ url }: Route): string => url.hostname.replace(/^\[|\]$/g, '');
const portOf = ({ url }: Route): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80));

export async function checkName(route: Route): Promise<readonly Check[]> {
  const host = hostOf(route);
  if (isIP(host) !== 0) return [];
  try {
    const found = await lookup(host, { all: true });
    return [ok('Name', `${host} is ${found.map(({ address }) => address).join(', ')}.`)];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const advice = 'Correct the address, or ask those who look after your name server.';
    return [failed('Name', `${host} has no address (${code}).`, advice)];
  }
}

export async function checkConnection(route: Route): Promise<readonly Check[]> {
  const begun = performance.now();
  const place = `${hostOf(route)} port ${portOf(route)}`;
  const problem = await reach(connectTcp({ host: hostOf(route), port: portOf(route) }), 'connect');
  if (problem !== undefined)
    return [
      failed(
        'Connection',
        `${place} cannot be reached (${problem}).`,
        'See that the server runs and listens for other machines (--host), and that no firewall is between.',
      ),
    ];
  return [ok('Connection', `${place} answers within ${Math.max(1, Math.round(performance.now() - begun))} ms.`)];
}

export async function checkEncryption(route: Route): Promise<readonly Check[]> {
  if (route.url.protocol !== 'https:') return isNear(route) ? [] : [unprotected];
  const host = hostOf(route);
  const socket = connectTls({
    host,
    port: portOf(route),
    // Looked at even where it is not trusted: nothing is sent.
    rejectUnauthorized: false,
    ...(isIP(host) === 0 && { servername: host }),
    ...(route.ca !== undefined && { ca: route.ca }),
  });
  try {
    const problem = await reach(socket, 'secureConnect', false);
    if (problem !== undefined) return [failed('Encryption', `${host} speaks no TLS that is understood (${problem}).`)];
    return [judge(socket, host)];
  } finally {
    socket.destroy();
  }
}

const unprotected = warning(
  'Encryption',
  'Requests and answers travel unprotected over http.',
  'Serve https with --tls-cert and --tls-key, or behind a proxy that does.',
);

const isNear = (route: Route): boolean => /^(localhost|127\..*|::1)$/.test(hostOf(route));

function judge(socket: TLSSocket, host: string): Check {
  const end = new Date(socket.getPeerCertificate().valid_to);
  const ends = Number.isNaN(end.getTime()) ? 'an unknown day' : end.toISOString().slice(0, 10);
  const left = end.getTime() - Date.now();
  const name = 'Encryption';
  if (left <= 0) return failed(name, `The certificate of ${host} expired on ${ends}.`, 'Put a new one in its place.');
  if (!socket.authorized)
    return failed(
      name,
      `The certificate of ${host} is not trusted (${socket.authorizationError?.message ?? socket.authorizationError}).`,
      'Serve one of a known authority, or name yours with AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS.',
    );
  if (left < soon) return warning(name, `The certificate of ${host} expires on ${ends}.`, 'Renew it in time.');
  return ok(name, `The certificate of ${host} is trusted, and valid until ${ends}.`);
}

/** Why the socket does not connect, as the system's code; undefined when it does. */
const reach = (socket: Socket, event: 'connect' | 'secureConnect', end = true): Promise<string | undefined> =>
  new Promise((resolve) => {
    const finish = (problem?: string): void => {
      if (end || problem !== undefined) socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(timeout, () => finish('no connection in time'));
    socket.once('error', (error: NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] }) =>
      finish(error.code ?? error.errors?.[0]?.code ?? error.message),
    );
    socket.once(event, () => finish());
  });
