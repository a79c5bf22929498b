/** The people's side of the server: every path under /portal. */
import { createAttempts } from '../auth/attempts.ts';
import { findSession, touchSession } from '../auth/sessions.ts';
import type { Exchange, Handler, Reply, Rooms } from '../context.ts';
import { Refusal } from '../domain/refusal.ts';
import { acceptTask } from './accept-task.ts';
import { declineAssignment } from './decline-assignment.ts';
import { saveDraft, showDraft } from './draft.ts';
import { extendAssignment } from './extend-assignment.ts';
import { failureOf } from './failure.ts';
import { framePlainPage, showFrame } from './frame.ts';
import { listTasks } from './list-tasks.ts';
import { listMyAnswers, showMyAnswer } from './my-answers.ts';
import { nextTask } from './next-task.ts';
import { portalPage } from './page.ts';
import { releaseAssignment } from './release-assignment.ts';
import { refused } from './reply.ts';
import { resumeAssignment } from './resume-assignment.ts';
import { requireSameOrigin } from './same-origin.ts';
import { showSession } from './session.ts';
import { setPassword } from './set-password.ts';
import { showAssignment } from './show-assignment.ts';
import { showQueue } from './show-queue.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { signedOut } from './signed-out.ts';
import { stopAssignment } from './stop-assignment.ts';
import { submitAnswer } from './submit-answer.ts';
import { undoAnswer } from './undo-answer.ts';
import { useLink } from './use-link.ts';
import type { PortalSettings, Visit, WorkerVisit } from './visit.ts';

export type { PortalSettings } from './visit.ts';

type Route = { readonly method: 'GET' | 'POST'; readonly path: string } & (
  | { readonly anybody: (visit: Visit) => Promise<Reply> }
  | { readonly worker: (visit: WorkerVisit, id: string) => Promise<Reply> }
);

const showEvents = ({ settings, session }: WorkerVisit): Promise<Reply> => settings.openEvents(session);

const routes: readonly Route[] = [
  { method: 'POST', path: '/portal/api/sign-in', anybody: signIn },
  { method: 'POST', path: '/portal/api/use-link', anybody: useLink },
  { method: 'POST', path: '/portal/api/set-password', anybody: setPassword },
  { method: 'POST', path: '/portal/api/sign-out', anybody: signOut },
  { method: 'GET', path: '/portal/api/session', worker: showSession },
  { method: 'GET', path: '/portal/api/queue', worker: showQueue },
  { method: 'GET', path: '/portal/api/tasks', worker: listTasks },
  { method: 'POST', path: '/portal/api/tasks/next', worker: nextTask },
  { method: 'POST', path: '/portal/api/tasks/{id}/accept', worker: acceptTask },
  { method: 'GET', path: '/portal/api/assignments/{id}', worker: showAssignment },
  { method: 'POST', path: '/portal/api/assignments/{id}/submit', worker: submitAnswer },
  { method: 'POST', path: '/portal/api/assignments/{id}/undo', worker: undoAnswer },
  { method: 'GET', path: '/portal/api/assignments/{id}/draft', worker: showDraft },
  { method: 'POST', path: '/portal/api/assignments/{id}/draft', worker: saveDraft },
  { method: 'POST', path: '/portal/api/assignments/{id}/extend', worker: extendAssignment },
  { method: 'POST', path: '/portal/api/assignments/{id}/release', worker: releaseAssignment },
  { method: 'POST', path: '/portal/api/assignments/{id}/decline', worker: declineAssignment },
  { method: 'POST', path: '/portal/api/assignments/{id}/stop', worker: stopAssignment },
  { method: 'POST', path: '/portal/api/assignments/{id}/resume', worker: resumeAssignment },
  { method: 'GET', path: '/portal/api/answers', worker: listMyAnswers },
  { method: 'GET', path: '/portal/api/answers/{id}', worker: showMyAnswer },
  { method: 'GET', path: '/portal/events', worker: showEvents },
  { method: 'GET', path: '/portal/frame/{id}', worker: showFrame },
];

const compiled = routes.map((route) => ({
  ...route,
  pattern: new RegExp(`^${route.path.replace('{id}', '([^/]{1,64})')}$`),
}));

/** Makes the handler of everything under /portal. */
export function createPortal(rooms: Rooms, settings: PortalSettings): Handler {
  const attempts = createAttempts();
  return async (exchange) => {
    const visit: Visit = { ...rooms, exchange, settings, attempts, now: rooms.clock.now() };
    try {
      return await answer(visit);
    } catch (error) {
      const { code, message, status } = failureOf(error, visit);
      if (exchange.rawPath.startsWith('/portal/frame/')) return framePlainPage(visit, code, message, status);
      return refused(code, message, {}, status);
    }
  };
}

async function answer(visit: Visit): Promise<Reply> {
  const { exchange, installation } = visit;
  const method = exchange.method === 'HEAD' ? 'GET' : exchange.method;
  const found = compiled.flatMap((route) => {
    const match = route.pattern.exec(exchange.rawPath);
    return match ? [{ route, id: match[1] ?? '' }] : [];
  });
  const { route, id = '' } = found.find((candidate) => candidate.route.method === method) ?? {};
  if (!route && found.length > 0) return wrongMethod(found.map((candidate) => candidate.route.method));
  if (!route) return unrouted(exchange, method, installation.publicUrl);
  if (method !== 'GET') requireSameOrigin(exchange, installation.publicUrl);
  return 'anybody' in route ? route.anybody(visit) : route.worker(await signedIn(visit), id);
}

/** @throws Refusal `signed-out` */
async function signedIn(visit: Visit): Promise<WorkerVisit> {
  const { store, exchange, settings, now } = visit;
  const found = await findSession(store, exchange, now);
  if (!found) throw signedOut();
  await touchSession(store, found.session, settings.sessions, now);
  return { ...visit, ...found };
}

/** The app in the page knows its own pages; addresses of the API and of frames are none of them. */
function unrouted(exchange: Exchange, method: string, publicUrl: string): Reply {
  const path = exchange.rawPath;
  if (/^\/portal\/(api|frame|events)(\/|$)/.test(path))
    throw new Refusal('not-found', 'There is nothing at this address.');
  if (method !== 'GET') return wrongMethod(['GET']);
  return portalPage(exchange, publicUrl);
}

const wrongMethod = (methods: readonly string[]): Reply =>
  refused('bad-request', 'This address takes another method.', { Allow: methods.join(', ') }, 405);
