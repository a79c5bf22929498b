/** The people's side of the server: every path under /portal, and the one under /oauth2. */
import { createAttempts } from '../auth/attempts.ts';
import { isOfWorkforce, oidcConfigOf } from '../auth/oidc/identity-provider.ts';
import { createOidcClient, type OidcClient } from '../auth/oidc/oidc-client.ts';
import { findSession, touchSession } from '../auth/sessions.ts';
import { findStep } from '../auth/sign-in-step.ts';
import { isAllowedAddress } from '../auth/source-addresses.ts';
import type { Handler, Reply, Rooms } from '../context.ts';
import { type Actor, personActor, unknownActor } from '../domain/activity.ts';
import { Refusal } from '../domain/refusal.ts';
import { newId } from '../id.ts';
import { recordingStore } from '../store/recording-store.ts';
import { acceptTask } from './accept-task.ts';
import { declineAssignment } from './decline-assignment.ts';
import { saveDraft, showDraft } from './draft.ts';
import { extendAssignment } from './extend-assignment.ts';
import { failureOf } from './failure.ts';
import { forgotPassword } from './forgot-password.ts';
import { framePlainPage, showFrame, showFrameAhead } from './frame.ts';
import { listTasks } from './list-tasks.ts';
import { mailOff, showMailOff } from './mail-off.ts';
import { listMyAnswers, showMyAnswer } from './my-answers.ts';
import { nextTask } from './next-task.ts';
import { saveNotices, showNotices, showWaiting } from './notices.ts';
import { finishOidc } from './oidc-response.ts';
import { startOidc } from './oidc-start.ts';
import { confirmApp, startApp } from './own-app.ts';
import { addPasskey, namePasskey, newPasskeyOptions, removePasskey } from './own-passkeys.ts';
import { removeApp, renewRecoveryCodes, showSecurity } from './own-security.ts';
import { endOtherSessions, endOwnSession, listSessions } from './own-sessions.ts';
import { noticePage, portalPage } from './page.ts';
import { passkeyOptions, signInByPasskey } from './passkey-sign-in.ts';
import { showPreviewFrame } from './preview-frame.ts';
import { previewNext } from './preview-next.ts';
import { createPreviews } from './previews.ts';
import { subscribe, unsubscribe } from './push-subscription.ts';
import { createRefusalCount } from './refusal-count.ts';
import { releaseAssignment } from './release-assignment.ts';
import { refused, statusOf } from './reply.ts';
import { resumeAssignment } from './resume-assignment.ts';
import { requireSameOrigin } from './same-origin.ts';
import { giveCode, givePasskey, secondFactorOptions, showSecondFactor } from './second-factor.ts';
import { showSession } from './session.ts';
import { setPassword } from './set-password.ts';
import { showAssignment } from './show-assignment.ts';
import { showQueue } from './show-queue.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { signedOut } from './signed-out.ts';
import { stopAssignment } from './stop-assignment.ts';
import { submitAnswer } from './submit-answer.ts';
import { testNotice } from './test-notice.ts';
import { createTurns } from './turns.ts';
import { undoAnswer } from './undo-answer.ts';
import { useLink } from './use-link.ts';
import type { OidcVisit, PortalSettings, SettingUpVisit, StepVisit, Visit, WorkerVisit } from './visit.ts';

export type { PortalSettings } from './visit.ts';

type Route = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** What the activity log calls it, where that is not the last word of the path. */
  readonly action?: string;
} & (
  | {
      readonly anybody: (visit: Visit) => Promise<Reply>;
      readonly fromAnywhere?: true;
      /** Whoever asks shows by nothing to be the worker whom the changes are about. */
      readonly unknown?: true;
    }
  | { readonly oidc: (visit: OidcVisit) => Promise<Reply> }
  | { readonly step: (visit: StepVisit) => Promise<Reply> }
  | { readonly settingUp: (visit: SettingUpVisit) => Promise<Reply> }
  | { readonly worker: (visit: WorkerVisit, id: string) => Promise<Reply>; readonly byItself?: true }
);

const showEvents = ({ settings, session }: WorkerVisit): Promise<Reply> => settings.openEvents(session);

const routes: readonly Route[] = [
  { method: 'POST', path: '/portal/api/sign-in', anybody: signIn },
  { method: 'POST', path: '/portal/api/use-link', anybody: useLink },
  { method: 'POST', path: '/portal/api/set-password', anybody: setPassword },
  { method: 'POST', path: '/portal/api/sign-out', anybody: signOut },
  { method: 'POST', path: '/portal/api/forgot-password', anybody: forgotPassword, unknown: true },
  { method: 'POST', path: '/portal/api/passkey/options', anybody: passkeyOptions },
  { method: 'POST', path: '/portal/api/passkey/sign-in', anybody: signInByPasskey },
  { method: 'GET', path: '/portal/api/second-factor', step: showSecondFactor },
  { method: 'POST', path: '/portal/api/second-factor/code', action: 'second-factor', step: giveCode },
  { method: 'POST', path: '/portal/api/second-factor/options', step: secondFactorOptions },
  { method: 'POST', path: '/portal/api/second-factor/passkey', action: 'second-factor', step: givePasskey },
  { method: 'POST', path: '/portal/api/security/passkeys/options', settingUp: newPasskeyOptions },
  { method: 'POST', path: '/portal/api/security/passkeys', action: 'add-passkey', settingUp: addPasskey },
  { method: 'POST', path: '/portal/api/security/app/start', settingUp: startApp },
  { method: 'POST', path: '/portal/api/security/app', action: 'set-up-app', settingUp: confirmApp },
  { method: 'GET', path: '/portal/api/security', worker: showSecurity },
  { method: 'POST', path: '/portal/api/security/passkeys/{id}/name', action: 'name-passkey', worker: namePasskey },
  {
    method: 'POST',
    path: '/portal/api/security/passkeys/{id}/remove',
    action: 'remove-passkey',
    worker: removePasskey,
  },
  { method: 'POST', path: '/portal/api/security/app/remove', action: 'remove-app', worker: removeApp },
  {
    method: 'POST',
    path: '/portal/api/security/recovery-codes',
    action: 'renew-recovery-codes',
    worker: renewRecoveryCodes,
  },
  { method: 'GET', path: '/portal/oidc/start', oidc: startOidc },
  { method: 'GET', path: '/oauth2/idpresponse', action: 'sign-in', oidc: finishOidc },
  { method: 'GET', path: '/portal/api/session', worker: showSession },
  { method: 'GET', path: '/portal/api/queue', worker: showQueue },
  { method: 'GET', path: '/portal/api/sessions', worker: listSessions },
  { method: 'POST', path: '/portal/api/sessions/end-others', action: 'end-other-sessions', worker: endOtherSessions },
  { method: 'POST', path: '/portal/api/sessions/{id}/end', action: 'end-session', worker: endOwnSession },
  { method: 'GET', path: '/portal/api/notices', worker: showNotices },
  { method: 'POST', path: '/portal/api/notices', action: 'choose-notices', worker: saveNotices },
  { method: 'POST', path: '/portal/api/notices/subscribe', worker: subscribe },
  { method: 'POST', path: '/portal/api/notices/unsubscribe', worker: unsubscribe },
  { method: 'POST', path: '/portal/api/notices/test', action: 'test-notice', worker: testNotice },
  // Pages that nobody looks at ask too: that keeps no session open, and nobody has seen what it answers.
  { method: 'GET', path: '/portal/api/waiting', worker: showWaiting, byItself: true },
  { method: 'GET', path: '/portal/mail-off', anybody: showMailOff },
  // Mail programs send it, from no page at all; the key in the link is what lets them.
  { method: 'POST', path: '/portal/mail-off', anybody: mailOff, fromAnywhere: true },
  { method: 'GET', path: '/portal/api/tasks', worker: listTasks },
  { method: 'GET', path: '/portal/api/tasks/next', worker: previewNext },
  { method: 'POST', path: '/portal/api/tasks/next', action: 'accept', worker: nextTask },
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
  { method: 'GET', path: '/portal/preview', anybody: showPreviewFrame },
  { method: 'GET', path: '/portal/frame/{id}', worker: showFrame },
  { method: 'GET', path: '/portal/frame/task/{id}', worker: showFrameAhead },
];

const compiled = routes.map((route) => ({
  ...route,
  action: route.action ?? route.path.slice(route.path.lastIndexOf('/') + 1),
  pattern: new RegExp(`^${route.path.replace('{id}', '([^/]{1,64})')}$`),
}));

/** Makes the handler of everything under /portal and /oauth2. */
export function createPortal(rooms: Rooms, settings: PortalSettings): Handler {
  const attempts = createAttempts();
  const rareAttempts = createAttempts({ perEmail: 5, perAddress: 50 });
  const refusals = createRefusalCount();
  const previews = createPreviews();
  const turns = createTurns();
  const kept = { attempts, rareAttempts, refusals, previews, turns };
  const oidc = createOidcClient({ ca: settings.caCertificates });
  return async (exchange) => {
    const visit: Visit = { ...rooms, ...kept, exchange, settings, now: rooms.clock.now() };
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
  if (method !== 'GET' && !('fromAnywhere' in route)) requireSameOrigin(exchange, installation.publicUrl);
  if ('worker' in route) {
    const own = await signedIn(visit, 'byItself' in route);
    return route.worker(recorded(own, route.action, personActor('worker', own.worker)), id);
  }
  if ('settingUp' in route) {
    const own = await inOrHalfway(visit);
    return route.settingUp(recorded(own, route.action, personActor('worker', own.worker)));
  }
  // Who signs in is known by the changes that this makes.
  if ('step' in route) return route.step(recorded(await halfwayIn(visit), route.action));
  if ('oidc' in route) return route.oidc({ ...recorded(visit, route.action), oidc });
  return route.anybody(recorded(visit, route.action, 'unknown' in route ? unknownActor : undefined));
}

/** The visit with a store that writes the activity log. */
function recorded<V extends Visit>(visit: V, action: string, actor?: Actor): V {
  const { clientAddress, requestId } = visit.exchange;
  const facts = { actor, clientAddress, requestId, action, at: visit.now };
  return { ...visit, store: recordingStore(visit.store, facts, newId) };
}

/** @throws Refusal `signed-out` */
async function signedIn(visit: Visit, byItself: boolean): Promise<WorkerVisit> {
  const { store, exchange, settings, now } = visit;
  const found = await findSession(store, exchange, now);
  if (!found || !isOfWorkforce(found.worker, visit.workforce)) throw signedOut();
  if (!byItself) await touchSession(store, found.session, settings.sessions, now);
  return { ...visit, ...found };
}

/** @throws Refusal `signed-out` */
async function inOrHalfway(visit: Visit): Promise<SettingUpVisit> {
  try {
    return await signedIn(visit, false);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return halfwayIn(visit);
  }
}

/** @throws Refusal `signed-out` */
async function halfwayIn(visit: Visit): Promise<StepVisit> {
  const worker = await findStep(visit.store, visit.exchange, visit.linkSecret, visit.now);
  if (!worker || !isOfWorkforce(worker, visit.workforce)) throw signedOut();
  return { ...visit, worker };
}

/** The app in the page knows its own pages; addresses of the API, of frames and of the way back are none of them. */
function unrouted({ exchange, installation, workforce, settings }: Visit, method: string): Reply {
  const path = exchange.rawPath;
  if (isData(path) || /^\/(portal\/(frame|oidc)|oauth2)(\/|$)/.test(path))
    throw new Refusal('not-found', 'There is nothing at this address.');
  if (method !== 'GET') return wrongMethod(['GET']);
  const config = oidcConfigOf(workforce);
  const identityProvider = config && URL.parse(config.AuthorizationEndpoint)?.host;
  return portalPage(exchange, installation.publicUrl, { identityProvider, mailsLinks: settings.mailsLinks });
}

/** Asked for by programs, that is by the app in the page; everything else is looked at by people. */
const isData = (path: string): boolean => /^\/portal\/(api|events)(\/|$)/.test(path);

const wrongMethod = (methods: readonly string[]): Reply =>
  refused('bad-request', 'This address takes another method.', { Allow: methods.join(', ') }, 405);
