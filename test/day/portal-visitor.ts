// A worker's browser without the page: the portal's API with a session.
import { type PortalErrorBody, type PortalSession, portalApiBase, portalRequestHeader } from '@holdpoint/protocol';
import { password } from '../testing/test-server.ts';

/** What the portal says: yes with a body, or a refusal. */
export type PortalReply<Body> =
  | { readonly body: Body; readonly refusal?: undefined }
  | { readonly refusal: PortalErrorBody['error'] & { readonly status: number }; readonly body?: undefined };

export interface PortalVisitor {
  get<Body>(path: string): Promise<PortalReply<Body>>;
  post<Body>(path: string, body?: object): Promise<PortalReply<Body>>;
}

export async function visitPortal(endpointUrl: string, email: string): Promise<PortalVisitor> {
  const own = { [portalRequestHeader.name]: portalRequestHeader.value, 'content-type': 'application/json' };
  let cookie = '';
  async function ask<Body>(method: 'GET' | 'POST', path: string, body?: object): Promise<PortalReply<Body>> {
    const response = await fetch(`${endpointUrl}${portalApiBase}/${path}`, {
      method,
      headers: { ...own, cookie },
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    });
    cookie ||= response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const { status } = response;
    const text = await response.text();
    if (!text.startsWith('{')) throw new Error(`${path} was answered ${status} with no JSON: ${text.slice(0, 200)}`);
    const said: unknown = JSON.parse(text);
    return response.ok ? { body: said as Body } : { refusal: { ...(said as PortalErrorBody).error, status } };
  }
  const visitor: PortalVisitor = {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
  };
  const { refusal } = await visitor.post<PortalSession>('sign-in', { email, password });
  if (refusal) throw new Error(`${email} cannot sign in: ${JSON.stringify(refusal)}`);
  return visitor;
}

/** What was answered, where nothing else may be. */
export async function granted<Body>(reply: Promise<PortalReply<Body>>): Promise<Body> {
  const { body, refusal } = await reply;
  if (refusal) throw new Error(`The portal refused: ${JSON.stringify(refusal)}`);
  return body;
}
