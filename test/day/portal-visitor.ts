// A worker's browser without the page: the portal's API with a session.
import { portalRequestHeader } from '@holdpoint/protocol';
import { password } from '../testing/test-server.ts';

export interface PortalReply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the portal says is compared with what it should say
  readonly body: any;
}

export interface PortalVisitor {
  get(path: string): Promise<PortalReply>;
  post(path: string, body?: object): Promise<PortalReply>;
}

export async function visitPortal(endpointUrl: string, email: string): Promise<PortalVisitor> {
  const own = { [portalRequestHeader.name]: portalRequestHeader.value, 'content-type': 'application/json' };
  let cookie = '';
  async function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<PortalReply> {
    const response = await fetch(`${endpointUrl}/portal/${path}`, {
      method,
      headers: { ...own, cookie },
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    });
    cookie ||= response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  }
  const visitor: PortalVisitor = {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
  };
  const { status, body } = await visitor.post('api/sign-in', { email, password });
  if (status !== 200) throw new Error(`${email} cannot sign in: ${JSON.stringify(body)}`);
  return visitor;
}
