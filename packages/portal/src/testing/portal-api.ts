// The routes of the portal's API over the state in memory.
import { acceptTask, endAssignment, type PortalState, type Reply, refuse, worker } from './portal-state.ts';

const ok = (body: object): Reply => ({ status: 200, body });
const verbs = { release: 'released', decline: 'declined', stop: 'stopped' } as const;

/** Answers one request; `path` is what follows `/portal/api/`. */
export function answerApi(
  state: PortalState,
  path: string,
  query: URLSearchParams,
  body: Record<string, unknown>,
): Reply {
  const open = openRoutes(state, path, body);
  if (open !== undefined) return open;
  if (!state.signedIn) return refuse(401, 'signed-out', 'You are signed out.');
  if (path === 'session') return ok({ worker });
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
  if (path === 'tasks') return listTasks(state, query);
  if (path === 'tasks/next') {
    const task = state.tasks.find(({ status }) => status === 'available');
    return ok({ assignmentId: task === undefined ? null : acceptTask(state, task.taskId).assignmentId });
  }
  const [kind, id = '', verb] = path.split('/');
  if (kind === 'tasks') {
    const task = state.tasks.find(({ taskId }) => taskId === id);
    return task === undefined
      ? refuse(409, 'task-taken', 'Somebody else has just taken this task.')
      : ok({ assignmentId: acceptTask(state, id).assignmentId });
  }
  return answerAssignment(state, id, verb, body);
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

function listTasks(state: PortalState, query: URLSearchParams): Reply {
  const held = state.tasks.filter((task) => task.assignmentId !== undefined);
  const sorted = [...held, ...state.tasks.filter((task) => task.assignmentId === undefined)];
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit'));
  const next = end < sorted.length ? { next: String(end) } : {};
  return ok({ tasks: sorted.slice(start, end), total: sorted.length, ...next });
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
    return ok({});
  }
  const status = verbs[verb as keyof typeof verbs];
  if (status === undefined) return refuse(404, 'not-found', 'There is no such page.');
  endAssignment(state, id, status);
  return ok({});
}
