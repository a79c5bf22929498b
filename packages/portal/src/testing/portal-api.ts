// The routes of the portal's API over the state in memory.
import type { AssignmentView, NoticeChoices, TaskSummary } from '@holdpoint/protocol';
import { acceptTask, endAssignment, type PortalState, type Reply, refuse, worker } from './portal-state.ts';
import { signInRoutes } from './sign-in-routes.ts';

const ok = (body: object): Reply => ({ status: 200, body });
const verbs = { release: 'released', decline: 'declined', stop: 'stopped' } as const;

/** Answers one request; `path` is what follows `/portal/api/`. */
export function answerApi(
  state: PortalState,
  path: string,
  query: URLSearchParams,
  body: Record<string, unknown>,
): Reply {
  const open = openRoutes(state, path, body) ?? signInRoutes(state, path, body);
  if (open !== undefined) return open;
  if (!state.signedIn) return refuse(401, 'signed-out', 'You are signed out.');
  if (path === 'session')
    return ok({ worker, isOperator: false, ...(state.organisation && { organisation: state.organisation }) });
  if (path === 'sessions') return ok({ sessions: state.sessions });
  if (path.startsWith('sessions/')) {
    const ended = path.split('/')[1];
    const stays = (id: string) => (ended === 'end-others' ? id === 'here' : id !== ended);
    state.sessions = state.sessions.filter(({ sessionId }) => stays(sessionId));
    return ok({});
  }
  if (path === 'sign-out') {
    state.signedIn = false;
    return ok({});
  }
  if (path === 'queue') return ok({ workteams: state.workteams, keywords: state.keywords, today: state.today });
  if (path === 'tasks') return listTasks(state, query);
  if (path === 'tasks/preview') {
    const wanted = wantedTasks(state, query);
    const { taskId = null } = wanted.find((task) => task.taskId === query.get('seen')) ?? wanted[0] ?? {};
    return ok({ taskId, ...(taskId !== null && { frameUrl: `/portal/frame/task/${taskId}` }) });
  }
  if (path === 'tasks/next') {
    const task = wantedTasks(state, new URLSearchParams(body as Record<string, string>))[0];
    return ok({ assignmentId: task === undefined ? null : acceptTask(state, task.taskId).assignmentId });
  }
  if (path === 'waiting') return ok(waiting(state));
  if (kindOf(path) === 'notices') return answerNotices(state, path.split('/')[1], body);
  const [kind, id = '', verb] = path.split('/');
  if (kind === 'tasks') {
    const task = state.tasks.find(({ taskId }) => taskId === id);
    return task === undefined
      ? refuse(409, 'task-taken', 'Somebody else has just taken this task.')
      : ok({ assignmentId: acceptTask(state, id).assignmentId });
  }
  if (kind === 'answers') return showAnswers(state, id);
  return answerAssignment(state, id, verb, body);
}

const kindOf = (path: string): string | undefined => path.split('/')[0];

function waiting(state: PortalState): object {
  const held = [...state.assignments.values()].find(({ status }) => status === 'open');
  return {
    waiting: state.tasks.filter(({ assignmentId }) => assignmentId === undefined).length,
    held: held ? { assignmentId: held.assignmentId, title: held.title, deadline: held.deadline } : null,
    serverTime: new Date().toISOString(),
  };
}

/** Nothing chosen is shown by GET, and what is sent by POST is kept. */
function answerNotices(state: PortalState, verb: string | undefined, body: Record<string, unknown>): Reply {
  if (verb === 'test')
    return ok({ results: [{ way: 'mail', sent: true, sentence: 'A mail is on its way to you.' }] });
  if (verb !== undefined) {
    state.subscribed.push(`${verb} ${String(body.endpoint)}`);
    return ok({});
  }
  if (Object.keys(body).length > 0) state.notices = { ...state.notices, choices: body as unknown as NoticeChoices };
  return ok(state.notices);
}

function showAnswers(state: PortalState, id: string): Reply {
  const answers = state.answers.toReversed().map(({ assignmentId, answerContent }) => {
    const { title, flowDefinitionName, humanLoopName } = state.assignments.get(assignmentId)!;
    const about = { assignmentId, title, flowDefinitionName, humanLoopName, timeSpentInSeconds: 42 };
    const finalAt = state.undoMs > 0 ? { finalAt: new Date(Date.now() + state.undoMs).toISOString() } : {};
    return { ...about, submittedAt: new Date().toISOString(), ...finalAt, answerContent };
  });
  const serverTime = new Date().toISOString();
  if (id === '') return ok({ answers, serverTime });
  const answer = answers.find(({ assignmentId }) => assignmentId === id);
  return answer ? ok({ ...answer, serverTime }) : refuse(404, 'not-found', 'This answer does not exist.');
}

function undo(state: PortalState, view: AssignmentView): Reply {
  if (state.undoMs === 0) return refuse(409, 'answer-final', 'This answer is final and can no longer be changed.');
  state.answers = state.answers.filter(({ assignmentId }) => assignmentId !== view.assignmentId);
  const open = { ...view, status: 'open' as const };
  state.assignments.set(view.assignmentId, open);
  return ok(open);
}

function openRoutes(state: PortalState, path: string, body: Record<string, unknown>): Reply | undefined {
  if (path === 'sign-in') {
    if (body.email !== worker.email || body.password !== state.password) {
      return refuse(403, 'wrong-credentials', 'The email or the password is wrong.');
    }
    state.signedIn = true;
    return ok({ worker });
  }
  const purpose = state.links.get(String(body.token));
  if (path !== 'use-link' && path !== 'set-password') return undefined;
  if (purpose === undefined) return refuse(410, 'link-invalid', 'This link has been used or has expired.');
  if (path === 'use-link') {
    if (purpose === 'sign-in') {
      state.links.delete(String(body.token));
      state.signedIn = true;
    }
    return ok({ purpose, ...worker });
  }
  if (String(body.password).length < 10)
    return refuse(400, 'weak-password', 'Choose a password of at least 10 characters.');
  state.password = String(body.password);
  state.signedIn = true;
  return ok({ worker });
}

/** What may be taken, as it is wished. */
function wantedTasks(state: PortalState, query: URLSearchParams): TaskSummary[] {
  const words = (query.get('text') ?? '').toLowerCase().split(/\s+/);
  const flow = query.get('flowDefinitionName');
  const keyword = query.get('keyword');
  const sort = query.get('sort');
  const found = state.tasks
    .filter(({ assignmentId }) => assignmentId === undefined)
    .filter((task) => flow === null || task.flowDefinitionName === flow)
    .filter((task) => keyword === null || task.keywords.includes(keyword))
    .filter((task) => {
      const all = [task.title, task.description, task.flowDefinitionName, task.humanLoopName, ...task.keywords];
      return words.every((word) => all.join('\n').toLowerCase().includes(word));
    });
  if (sort === 'newest') return found.reverse();
  return sort === 'due' ? found.sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1)) : found;
}

/** A cursor is the place of the last task before; `searchStops` is where looking stops the first time. */
function listTasks(state: PortalState, query: URLSearchParams): Reply {
  const cursor = query.get('cursor');
  const sort = query.get('sort');
  const place = (task: TaskSummary) => `${sort === 'due' ? task.expiresAt : task.createdAt} ${task.taskId}`;
  const isBehind = (task: TaskSummary) =>
    cursor === null || (sort === 'newest' ? place(task) < cursor : place(task) > cursor);
  const wanted = wantedTasks(state, query).filter(isBehind);
  const isFiltered = query.has('text') || query.has('keyword');
  const stop = cursor === null && isFiltered ? state.searchStops : undefined;
  const shown = wanted.slice(0, Math.min(Number(query.get('limit')), stop?.found ?? Number.POSITIVE_INFINITY));
  const last = shown.at(-1);
  const next = last && (shown.length < wanted.length || stop) ? { next: place(last) } : {};
  const page = { ...next, ...(stop && { searched: stop.searched }) };
  if (cursor !== null) return ok({ tasks: shown, ...page });
  const held = state.tasks.filter(({ assignmentId }) => assignmentId !== undefined);
  const soon = new Date(Date.now() + 86_400_000).toISOString();
  const ending = wanted
    .filter(({ expiresAt }) => expiresAt <= soon)
    .sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
  return ok({
    tasks: [...held, ...shown],
    ...page,
    total: held.length + Math.min(wanted.length, stop?.found ?? wanted.length),
    ...(ending.length > 0 && { dueSoon: ending.slice(0, 5) }),
  });
}

function answerAssignment(
  state: PortalState,
  id: string,
  verb: string | undefined,
  body: Record<string, unknown>,
): Reply {
  const view = state.assignments.get(id);
  if (view === undefined) return refuse(404, 'task-gone', 'This task has been withdrawn by the people who sent it.');
  if (verb === undefined) return ok({ ...view, serverTime: new Date().toISOString() });
  if (verb === 'resume') {
    endAssignment(state, id, 'open');
    return ok({ ...view, status: 'open' });
  }
  if (verb === 'submit') {
    if (view.status === 'expired') return refuse(409, 'time-over', 'The time for this task is over.');
    if (view.status !== 'submitted') state.answers.push({ assignmentId: id, answerContent: body.answerContent });
    endAssignment(state, id, 'submitted');
    return ok({ undoMs: state.undoMs });
  }
  if (verb === 'undo') return undo(state, view);
  if (verb === 'draft') {
    if (body.draft !== undefined) state.drafts.set(id, body.draft);
    return ok({ draft: state.drafts.get(id) ?? null, savedAt: new Date().toISOString() });
  }
  if (verb === 'extend') {
    const deadline = new Date(Date.now() + view.extendSeconds * 1000).toISOString();
    state.assignments.set(id, { ...view, deadline });
    return ok({ ...view, deadline, serverTime: new Date().toISOString() });
  }
  if (verb === 'decline') state.declined.push(body);
  const status = verbs[verb as keyof typeof verbs];
  if (status === undefined) return refuse(404, 'not-found', 'There is no such page.');
  endAssignment(state, id, status);
  return ok({});
}
