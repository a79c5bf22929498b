import { update } from '../domain/change.ts';
import { mixInGold, nameLike } from '../domain/gold.ts';
import { failHumanLoop } from '../domain/human-loop.ts';
import type { FlowDefinition, HumanLoop } from '../domain/rows.ts';
import { openTask } from '../domain/task.ts';
import { newId } from '../id.ts';
import { failureReason, type RenderFault, TemplateRendererUnavailable } from '../templates/templates.ts';
import { type JobContext, type JobHandler, nothingToDo } from './job.ts';
import { loadAnnounce } from './load-loop.ts';

/** Links in this trial rendering are never opened. */
const trialSeconds = 900;
/** With growing pauses between them. */
const mostAttempts = 10;

/**
 * Renders a new loop's page once, off the main thread, before anybody is offered the task: a page that cannot be rendered
 * fails the loop, so workers only ever see tasks that can be shown.
 */
export const prepareTask: JobHandler = async (context, job) => {
  const humanLoop = await context.store.humanLoop(job.subject);
  if (humanLoop?.status !== 'InProgress') return nothingToDo;
  if (await context.store.taskOfHumanLoop(humanLoop.id)) return nothingToDo;
  const flowDefinition = await context.store.flowDefinition(humanLoop.flowDefinitionId);
  if (!flowDefinition) return nothingToDo;
  const errors = await renderErrors(context, humanLoop, job.attempts);
  if (errors.length === 0) return { done: true, changes: await open(context, humanLoop, flowDefinition) };
  const { changes } = failHumanLoop({
    humanLoop,
    task: undefined,
    openAssignments: [],
    failureCode: errors.some(isInternal) ? 'InternalError' : 'ValidationError',
    failureReason: failureReason(errors),
    now: context.now,
    announce: await loadAnnounce(context),
  });
  return { done: true, changes };
};

async function open(context: JobContext, humanLoop: HumanLoop, flowDefinition: FlowDefinition) {
  const { store, now } = context;
  const asksGroups = Object.hasOwn(humanLoop.extensionTags, 'holdpoint:distinct-groups');
  const workteam = asksGroups ? await store.workteam(flowDefinition.workteamId) : undefined;
  const gold = humanLoop.goldItemId ? await goldTask(context, humanLoop, humanLoop.goldItemId) : undefined;
  const opened = openTask({ humanLoop, flowDefinition, workteam, gold, taskId: newId(now), now });
  const changes = [...opened.changes, ...mixInGold(humanLoop, now)];
  // The loop's row is changed, so that stopping the loop meanwhile, which has not seen its task, conflicts with this.
  return [update('humanLoops', humanLoop, {}), ...changes];
}

/** Who has answered the item before, and a name like those of the flow's other loops. */
async function goldTask({ store }: JobContext, humanLoop: HumanLoop, goldItemId: string) {
  const newest = { order: 'Descending', limit: 1 } as const;
  const [results, [other]] = await Promise.all([
    store.goldResultsOfItem(goldItemId),
    store.humanLoops(humanLoop.flowDefinitionId, newest),
  ]);
  const workers = await store.workersById(results.map(({ workerId }) => workerId));
  return {
    closedTo: workers.map(({ email }) => email),
    name: nameLike(other?.name ?? humanLoop.id, Math.random),
  };
}

/** A fault of ours is tried again, for about a quarter of an hour; then it is the loop's failure, which somebody sees. */
async function renderErrors(
  context: JobContext,
  humanLoop: HumanLoop,
  attempts: number,
): Promise<readonly RenderFault[]> {
  const last = attempts >= mostAttempts;
  try {
    const errors = await render(context, humanLoop);
    if (errors.some(isInternal) && !last) throw new Error('The page could not be rendered.');
    return errors;
  } catch (error) {
    if (!last || error instanceof TemplateRendererUnavailable) throw error;
    return [{ code: 'InternalError', message: 'the task could not be prepared' }];
  }
}

const isInternal = ({ code }: RenderFault): boolean => code === 'InternalError';

async function render(context: JobContext, humanLoop: HumanLoop): Promise<readonly RenderFault[]> {
  const [template, input] = await Promise.all([
    context.store.template(humanLoop.templateSha256),
    context.store.humanLoopInput(humanLoop.id),
  ]);
  if (!template || !input) throw new Error('The template or the input of the loop is missing.');
  const { errors } = await context.templates.render({
    template: template.content,
    input: input.inputContent,
    presign: context.presign(trialSeconds),
    assetsUrl: '/assets',
    check: true,
  });
  return errors;
}
