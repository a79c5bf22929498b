/** The people's side of the server: every path under /portal, and the one under /oauth2. */
import { createAttempts } from '../auth/attempts.ts';
import { isOfWorkforce, oidcConfigOf } from '../auth/oidc/identity-provider.ts';
import { createOidcClient, type OidcClient } from '../auth/oidc/oidc-client.ts';
import { findSession, touchSession } from '../auth/sessions.ts';
import { isAllowedAddress } from '../auth/source-addresses.ts';
import type { Handler, Reply, Rooms } from '../context.ts';
import { Refusal } from '../domain/refusal.ts';
import { acceptTask } from './accept-task.ts';
import { declineAssignment } from './decline-assignment.ts';
import { saveDraft, showDraft } from './draft.ts';
import { extendAssignment } from './extend-assignment.ts';
import { failureOf } from './failure.ts';
import { framePlainPage, showFrame, showFrameAhead } from './frame.ts';
import { listTasks } from './list-tasks.ts';
import { listMyAnswers, showMyAnswer } from './my-answers.ts';
import { nextTask } from './next-task.ts';
import { finishOidc } from './oidc-response.ts';
import { startOidc } from './oidc-start.ts';
import { endOtherSessions, endOwnSession, listSessions } from './own-sessions.ts';
import { noticePage, portalPage } from './page.ts';
import { previewNext } from './preview-next.ts';
import { createPreviews } from './previews.ts';
import { releaseAssignment } from './release-assignment.ts';
import { refused, statusOf } from './reply.ts';
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
import type { OidcVisit, PortalSettings, Visit, WorkerVisit } from './visit.ts';

export type { PortalSettings } from './visit.ts';

type Route = { readonly method: 'GET' | 'POST'; readonly path: string } & (
  | { readonly anybody: (visit: Visit) => Promise<Reply> }
  | { readonly oidc: (visit: OidcVisit) => Promise<Reply> }
  | { readonly worker: (visit: WorkerVisit, id: string) => Promise<Reply> }
);

const showEvents = ({ settings, session }: WorkerVisit): Promise<Reply> => settings.openEvents(session);

const routes: readonly Route[] = [
  { method: 'POST', path: '/portal/api/sign-in', anybody: signIn },
  { method: 'POST', path: '/portal/api/use-link', anybody: useLink },
  { method: 'POST', path: '/portal/api/set-password', anybody: setPassword },
  { method: 'POST', path: '/portal/api/sign-out', anybody: signOut },
  { method: 'GET', path: '/portal/oidc/start', oidc: startOidc },
  { method: 'GET', path: '/oauth2/idpresponse', oidc: finishOidc },
  { method: 'GET', path: '/portal/api/session', worker: showSession },
  { method: 'GET', path: '/portal/api/queue', worker: showQueue },
  { method: 'GET', path: '/portal/api/sessions', worker: listSessions },
  { method: 'POST', path: '/portal/api/sessions/end-others', worker: endOtherSessions },
  { method: 'POST', path: '/portal/api/sessions/{id}/end', worker: endOwnSession },
  { method: 'GET', path: '/portal/api/tasks', worker: listTasks },
  { method: 'GET', path: '/portal/api/tasks/next', worker: previewNext },
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
  { method: 'GET', path: '/portal/frame/task/{id}', worker: showFrameAhead },
];

const compiled = routes.map((route) => ({
  ...route,
  pattern: new RegExp(`^${route.path.replace('{id}', '([^/]{1,64})')}$`),
}));

/** Makes the handler of everything under /portal and /oauth2. */
export function createPortal(rooms: Rooms, settings: PortalSettings): Handler {
  const attempts = createAttempts();
  const previews = createPreviews();
  const oidc = createOidcClient({ ca: settings.caCertificates });
  return async (exchange) => {
    const visit: Visit = { ...rooms, exchange, settings, attempts, previews, now: rooms.clock.now() };
    try {
      const [workforce] = await rooms.store.workforces();
      if (!isAllowedAddress(workforce, exchange.clientAddress)) return notFound(visit);
      return await answer({ ...visit, workforce }, oidc);
    } catch (error) {
      const { code, message, status = statusOf(code) } = failureOf(error, visit);
      if (exchange.rawPath.startsWith('/portal/frame/')) return framePlainPage(visit, code, message, status);
      if (isData(exchange.rawPath)) return refused(code, message, {}, status);
      const link = { href: '/portal', text: 'Go to the tasks' };
      return noticePage(exchange, { status, title: 'This page cannot be shown', sentence: message, link });
    }
  };
}

/** Outside the workforce's networks there is no portal (SageMaker API reference, SourceIpConfig: "Not Found"). */
function notFound({ exchange, log }: Visit): Reply {
  const { requestId, clientAddress } = exchange;
  log.info({ requestId, clientAddress }, 'portal refused: the address is outside SourceIpConfig of the workforce');
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  return { status: 404, headers: { ...headers, 'X-Content-Type-Options': 'nosniff' }, body: 'Not Found' };
}

async function answer(visit: Visit, oidc: OidcClient): Promise<Reply> {
  const { exchange, installation } = visit;
  const method = exchange.method === 'HEAD' ? 'GET' : exchange.method;
  const found = compiled.flatMap((route) => {
    const match = route.pattern.exec(exchange.rawPath);
    return match ? [{ route, id: match[1] ?? '' }] : [];
  });
  const { route, id = '' } = found.find((candidate) => candidate.route.method === method) ?? {};
  if (!route && found.length > 0) return wrongMethod(found.map((candidate) => candidate.route.method));
  if (!route) return unrouted(visit, method);
  if (method !== 'GET') requireSameOrigin(exchange, installation.publicUrl);
  if ('oidc' in route) return route.oidc({ ...visit, oidc });
  return 'anybody' in route ? route.anybody(visit) : route.worker(await signedIn(visit), id);
}

/** @throws Refusal `signed-out` */
async function signedIn(visit: Visit): Promise<WorkerVisit> {
  const { store, exchange, settings, now } = visit;
  const found = await findSession(store, exchange, now);
  if (!found || !isOfWorkforce(found.worker, visit.workforce)) throw signedOut();
  await touchSession(store, found.session, settings.sessions, now);
  return { ...visit, ...found };
}

/** The app in the page knows its own pages; addresses of the API, of frames and of the way back are none of them. */
function unrouted({ exchange, installation, workforce }: Visit, method: string): Reply {
  const path = exchange.rawPath;
  if (isData(path) || /^\/(portal\/(frame|oidc)|oauth2)(\/|$)/.test(path))
    throw new Refusal('not-found', 'There is nothing at this address.');
  if (method !== 'GET') return wrongMethod(['GET']);
  const config = oidcConfigOf(workforce);
  return portalPage(exchange, installation.publicUrl, config && URL.parse(config.AuthorizationEndpoint)?.host);
}

/** Asked for by programs, that is by the app in the page; everything else is looked at by people. */
const isData = (path: string): boolean => /^\/portal\/(api|events)(\/|$)/.test(path);

const wrongMethod = (methods: readonly string[]): Reply =>
  refused('bad-request', 'This address takes another method.', { Allow: methods.join(', ') }, 405);
