// Which page an address means, and how pages lead to each other without a reload.

export type Route =
  | { page: 'tasks' }
  | { page: 'sign-in'; returnTo: string }
  | { page: 'link'; token: string }
  | { page: 'second-factor'; returnTo: string }
  | { page: 'forgot-password' }
  | { page: 'security' }
  | { page: 'sessions' }
  | { page: 'notices' }
  | { page: 'work'; assignmentId: string }
  | { page: 'answers' }
  | { page: 'answer'; assignmentId: string }
  | { page: 'console'; path: string }
  | { page: 'unknown' };

/** Reads an address of the portal; anything that is not one of its pages is `unknown`. */
export function routeOf(url: URL): Route {
  const path = url.pathname.replace(/\/+$/, '');
  if (/^\/console(\/|$)/.test(path)) return { page: 'console', path };
  if (path === '/portal') return { page: 'tasks' };
  if (path === '/portal/sign-in') return { page: 'sign-in', returnTo: safeReturn(url.searchParams.get('to')) };
  if (path === '/portal/second-factor')
    return { page: 'second-factor', returnTo: safeReturn(url.searchParams.get('to')) };
  if (path === '/portal/forgot-password') return { page: 'forgot-password' };
  if (path === '/portal/security') return { page: 'security' };
  if (path === '/portal/sessions') return { page: 'sessions' };
  if (path === '/portal/notices') return { page: 'notices' };
  if (path === '/portal/link') return { page: 'link', token: url.hash.slice(1) };
  if (path === '/portal/answers') return { page: 'answers' };
  const [, page, id] = /^\/portal\/(work|answers)\/([^/]+)$/.exec(path) ?? [];
  if (id === undefined) return { page: 'unknown' };
  return { page: page === 'work' ? 'work' : 'answer', assignmentId: decode(id) };
}

/** The sign-in page that afterwards leads back to `path`. */
export const signInPath = (path: string): string =>
  path === '/portal' ? '/portal/sign-in' : `/portal/sign-in?to=${encodeURIComponent(path)}`;

/** The page that asks for the second factor, and afterwards leads on to `path`. */
export const secondFactorPath = (path: string): string =>
  path === '/portal' ? '/portal/second-factor' : `/portal/second-factor?to=${encodeURIComponent(path)}`;

export const answerPath = (assignmentId: string): string => `/portal/answers/${encodeURIComponent(assignmentId)}`;

export const workPath = (assignmentId: string): string => `/portal/work/${encodeURIComponent(assignmentId)}`;

/** Only pages of the portal and the console, so that a crafted link cannot send a worker elsewhere after signing in. */
const safeReturn = (path: string | null): string =>
  path !== null &&
  /^\/(portal(\?[^\\]*|\/work\/[^/\\]+|\/answers(\/[^/\\]+)?|\/security|\/sessions|\/notices)|console(\/[^\\]*|\?[^\\]*)?)$/.test(
    path,
  )
    ? path
    : '/portal';

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export interface Arrival {
  /** A sentence that the next page shows, such as what became of a task. */
  notice?: string;
  /** Came by itself from the task before: work goes on inside the frame. */
  continued?: boolean;
  /** An answer was taken back, and its task goes on. */
  reopened?: boolean;
  /** The page that is shown has become that of the new address by itself. */
  stays?: boolean;
}

const listeners = new Set<(arrival: Arrival) => void>();

/** Calls `listener` after every change of address; returns how to stop that. */
export function onArrival(listener: (arrival: Arrival) => void): () => void {
  const popped = () => listener({});
  listeners.add(listener);
  window.addEventListener('popstate', popped);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', popped);
  };
}

/** Goes to a page of the portal; `replace` leaves the present one out of the history. */
export function goTo(path: string, { replace = false, ...arrival }: Arrival & { replace?: boolean } = {}): void {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  for (const listener of listeners) listener(arrival);
}
