import { guard } from '../domain/change.ts';
import { failHumanLoop } from '../domain/human-loop.ts';
import type { FlowDefinition, HumanLoop } from '../domain/rows.ts';
import { openTask } from '../domain/task.ts';
import { newId } from '../id.ts';
import { failureReason } from '../templates/templates.ts';
import { type JobContext, type JobHandler, nothingToDo } from './job.ts';
import { loadAnnounce } from './load-loop.ts';

/** Links in this trial rendering are never opened. */
const trialSeconds = 900;

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
  const errors = await renderErrors(context, humanLoop);
  if (errors.length === 0) return { done: true, changes: open(context, humanLoop, flowDefinition) };
  const { changes } = failHumanLoop({
    humanLoop,
    task: undefined,
    openAssignments: [],
    failureCode: 'ValidationError',
    failureReason: failureReason(errors),
    now: context.now,
    announce: await loadAnnounce(context),
  });
  return { done: true, changes };
};

function open(context: JobContext, humanLoop: HumanLoop, flowDefinition: FlowDefinition) {
  const { changes } = openTask({ humanLoop, flowDefinition, taskId: newId(context.now), now: context.now });
  return [guard('humanLoops', humanLoop), ...changes];
}

async function renderErrors(context: JobContext, humanLoop: HumanLoop) {
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
