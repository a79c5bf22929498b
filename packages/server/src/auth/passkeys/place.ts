/** Where passkeys work: they belong to a host (Web Authentication, "RP ID"), which is that of the public URL. */
import { isIP } from 'node:net';

export type PasskeyPlace =
  | { readonly origin: string; readonly rpId: string; readonly problem?: undefined }
  | { readonly origin: string; readonly rpId?: undefined; readonly problem: string };

/** What would make browsers refuse is said before anybody tries. */
export function passkeyPlace(publicUrl: string): PasskeyPlace {
  const { origin, protocol, hostname } = new URL(publicUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0)
    return { origin, problem: `Passkeys belong to a name, and this portal is at the address ${host} (--public-url).` };
  if (protocol !== 'https:' && host !== 'localhost' && !host.endsWith('.localhost'))
    return { origin, problem: `Passkeys need https, and this portal is at ${origin} (--public-url).` };
  return { origin, rpId: host };
}
