import type { Exchange } from '../context.ts';

/** The values of all cookies of a name: a browser can have several, of which one may be somebody else's doing. */
export function cookiesNamed(exchange: Exchange, cookieName: string): string[] {
  const name = `${cookieName}=`;
  return exchange.headers
    .filter(([header]) => header.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split(';'))
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(name))
    .map((pair) => pair.slice(name.length));
}
