// A browser without a window: keeps cookies, follows redirects, sends forms; trusts the certificates that it is given.
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface Seen {
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export type WebVisitor = ReturnType<typeof createWebVisitor>;

export function createWebVisitor(ca: string) {
  const jars = new Map<string, Map<string, string>>();

  /** One request, nothing followed. */
  async function ask(url: URL, { form, headers = {} }: { form?: string; headers?: Record<string, string> } = {}) {
    const jar = jars.get(url.origin) ?? new Map<string, string>();
    jars.set(url.origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const seen = await new Promise<Seen>((resolve, reject) => {
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const outgoing = send(url, {
        method: form === undefined ? 'GET' : 'POST',
        headers: {
          accept: 'text/html',
          ...(cookie && { cookie }),
          ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
          ...headers,
        },
        ca,
        agent: false,
      });
      outgoing.on('error', reject);
      outgoing.on('response', async (incoming) => {
        let text = '';
        for await (const chunk of incoming) text += chunk;
        resolve({ url, status: incoming.statusCode ?? 0, headers: incoming.headers, text });
      });
      outgoing.end(form);
    });
    for (const line of seen.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/Max-Age=0|expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return seen;
  }

  /** Follows redirects until there is a page, or until `stop` says so of the next address. */
  async function open(first: string, options: { form?: string; stop?: (next: URL) => boolean } = {}): Promise<Seen> {
    let seen = await ask(new URL(first), options.form === undefined ? {} : { form: options.form });
    for (let redirects = 0; seen.headers.location !== undefined && redirects < 12; redirects++) {
      const next = new URL(seen.headers.location, seen.url);
      if (options.stop?.(next)) return { ...seen, url: next };
      seen = await ask(next);
    }
    return seen;
  }

  return { ask, open, cookiesOf: (origin: string) => jars.get(origin) ?? new Map<string, string>() };
}
