/**
 * GET /portal/frame/{assignmentId}: the task page, in a sandbox of its own; a plain page in the same sandbox when there is none.
 * GET /portal/frame/task/{taskId}: the same page before the task is accepted, for a worker who may accept it.
 */
import { isTagged, type PortalErrorCode } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import type { AssignmentState } from '../domain/end-assignment.ts';
import { failHumanLoop, isFinal } from '../domain/human-loop.ts';
import { Refusal } from '../domain/refusal.ts';
import type { HumanLoop } from '../domain/rows.ts';
import { frameDocument } from '../templates/frame-document.ts';
import { frameHeaders } from '../templates/frame-policy.ts';
import { isSameWhenever } from '../templates/is-same-whenever.ts';
import { failureReason, type RenderResult, TemplateRendererUnavailable } from '../templates/templates.ts';
import { statusOf } from './assignment-view.ts';
import { decide } from './decide.ts';
import { loadAssignment } from './load-assignment.ts';
import { mayAccept } from './may-accept.ts';
import { plainPage } from './plain-page.ts';
import { statusOf as httpStatusOf } from './reply.ts';
import { ownOrigins } from './same-origin.ts';
import type { Visit, WorkerVisit } from './visit.ts';

const assetsUrl = '/assets';
/** Links to objects last as long as the task can be worked on, within what signatures allow (seconds). */
const linkSeconds = { least: 900, most: 604_800 };

export async function showFrame(visit: WorkerVisit, assignmentId: string): Promise<Reply> {
  const state = await loadAssignment(visit, assignmentId);
  const status = statusOf(state.assignment, visit.now);
  if (status === 'expired') throw new Refusal('time-over', 'The time for this task is over.');
  // What was answered is shown again, to whoever answered it, as long as it is kept.
  if (status !== 'open' && status !== 'stopped' && status !== 'submitted')
    throw new Refusal('task-gone', 'This task is not yours any more.');
  const presign = { ...visit.presign(secondsLeft(state)), forWorker: true };
  const { html, errors } = await renderTask(visit, state, presign);
  if (errors.length > 0 && status === 'submitted')
    throw new Refusal('not-found', 'The page of this task cannot be shown any more.');
  if (errors.length > 0) return takeOffTheList(visit, assignmentId, errors);
  return pageOf(visit, state.humanLoop, html, presign.endpoint);
}

/**
 * What the worker will see who accepts the task. Links in it last from now on as long as the task can be worked on, and the
 * while that the page is kept before that (`look-ahead.ts` of the portal).
 *
 * @throws Refusal when the worker may not take the task, or when the page would notice how early it was loaded
 */
export async function showFrameAhead(visit: WorkerVisit, taskId: string): Promise<Reply> {
  const { task, humanLoop } = await mayAccept(visit, taskId);
  const seconds = Math.min(linkSeconds.most, task.timeLimitSeconds + linkSeconds.least);
  const presign = { ...visit.presign(seconds), forWorker: true };
  const { html, errors } = await renderTask(visit, { humanLoop }, presign);
  // Whoever accepts it hears what is wrong with it.
  if (errors.length > 0) throw new Refusal('not-found', 'The page of this task cannot be shown.');
  if (!isSameWhenever(html, assetsUrl))
    throw new Refusal(
      'not-found',
      'This page is shown when its task is accepted, since its scripts may look at the time.',
    );
  return pageOf(visit, humanLoop, html, presign.endpoint);
}

function pageOf(visit: Visit, { extensionTags }: HumanLoop, html: string, objectEndpoint: string): Reply {
  const isSensitive = isTagged(extensionTags, 'holdpoint:sensitive');
  const page = { html, isSensitive, assetsUrl, assetsOrigin: assetsOrigin(visit), objectEndpoint };
  return { status: 200, ...frameDocument(page) };
}

/** Somebody who opens the address without having the task sees a sentence and nothing else. */
export function framePlainPage(
  visit: Visit,
  code: PortalErrorCode,
  message: string,
  status = httpStatusOf(code),
): Reply {
  return { status, headers: frameHeaders({ assetsOrigin: assetsOrigin(visit) }), body: plainPage('Task', message) };
}

async function renderTask(
  visit: WorkerVisit,
  { humanLoop }: Pick<AssignmentState, 'humanLoop'>,
  presign: ReturnType<Visit['presign']>,
) {
  const [template, input] = await Promise.all([
    visit.store.template(humanLoop.templateSha256),
    visit.store.humanLoopInput(humanLoop.id),
  ]);
  if (!input && isFinal(humanLoop)) throw new Refusal('not-found', 'This task is not kept any more.');
  if (!template || !input) throw new Error(`human loop ${humanLoop.id} lacks its template or its input`);
  const request = { template: template.content, input: input.inputContent, presign, assetsUrl };
  const first = await render(visit, request);
  // It rendered when it was offered: a time limit or a crash may be this moment's load, so it gets a second chance.
  const limited = first.errors.some(({ code }) => code === 'RenderLimitExceeded' || code === 'InternalError');
  return limited ? render(visit, request) : first;
}

async function render(visit: Visit, request: Parameters<Visit['templates']['render']>[0]): Promise<RenderResult> {
  try {
    return await visit.templates.render(request);
  } catch (error) {
    if (!(error instanceof TemplateRendererUnavailable)) throw error;
    throw new Refusal('try-again', 'Many tasks are being opened right now. Please try again in a moment.');
  }
}

/** A page that cannot be made fails the loop, as it does before a loop is offered. */
async function takeOffTheList(
  visit: WorkerVisit,
  assignmentId: string,
  errors: RenderResult['errors'],
): Promise<Reply> {
  await decide(visit.store, async () => {
    const state = await loadAssignment(visit, assignmentId);
    if (state.assignment.status !== 'open') return { changes: [] };
    const assignments = await visit.store.assignmentsOfTask(state.task.id);
    return failHumanLoop({
      ...state,
      openAssignments: assignments.filter(({ status }) => status === 'open'),
      failureCode: 'ValidationError',
      failureReason: failureReason(errors),
    });
  });
  const message =
    'This task cannot be shown: its page has an error. It was taken off the list, and whoever asked for it was told.';
  return framePlainPage(visit, 'task-gone', message);
}

function secondsLeft({ assignment, now }: AssignmentState): number {
  const left = Math.ceil((assignment.deadline - now) / 1000);
  return Math.min(linkSeconds.most, Math.max(linkSeconds.least, left));
}

const assetsOrigin = ({ exchange, installation }: Visit): string =>
  ownOrigins(exchange, installation.publicUrl)[0] ?? installation.publicUrl;
