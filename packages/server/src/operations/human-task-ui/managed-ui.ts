import { createHash } from 'node:crypto';
import { ApiError, humanTaskUiArn as arnOf, managedSourceOf } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import { managedTasks } from '../../domain/ai-services.ts';
import { type Change, guard, insert } from '../../domain/change.ts';
import { managedTemplates } from '../../domain/managed-templates.ts';
import type { HumanTaskUi } from '../../domain/rows.ts';
import { newId } from '../../id.ts';

export interface ManagedUi {
  readonly humanTaskUi: Omit<HumanTaskUi, 'version'>;
  readonly humanTaskUiArn: string;
  readonly keptUi: readonly Change[];
}

/**
 * The human task UI that an ARN of AWS's own account stands for: `…:394669845002:human-task-ui/TextractAnalyzeDocument` or
 * `…/RekognitionDetectModerationLabels`. AWS's console writes a default template of its own into a human task UI; the API asks
 * for an ARN in any case, and no public source names one, so these are named as Ground Truth's are. Here too it becomes a human
 * task UI like any other, made with the first flow definition that asks for it; one of its name that is there already is taken.
 *
 * @returns undefined for any other ARN. `keptUi` keeps it there, or makes it.
 * @throws ApiError when the flow definition has another request source than the page is for.
 */
export async function loadManagedUi(
  context: OperationContext,
  arn: string,
  source: string | undefined,
): Promise<ManagedUi | undefined> {
  const managed = managedSourceOf(arn);
  const task = managedTasks.find((each) => each.source === managed);
  if (!task) return undefined;
  if (task.source !== source)
    throw new ApiError(
      'ValidationException',
      `The HumanTaskUi '${arn}' is for flow definitions whose HumanLoopRequestSource is ${task.source}.`,
    );
  const humanTaskUiArn = arnOf(context.installation, task.uiName);
  const existing = await context.store.humanTaskUiByName(task.uiName);
  if (existing) return { humanTaskUi: existing, humanTaskUiArn, keptUi: [guard('humanTaskUis', existing)] };
  const content = managedTemplates[task.source];
  const sha256 = createHash('sha256').update(content).digest('hex');
  const humanTaskUi = {
    id: newId(context.now),
    name: task.uiName,
    contentSha256: sha256,
    tags: {},
    createdAt: context.now,
    invocation: null,
  };
  const keptUi = [insert('templates', { sha256, content }, { ifAbsent: true }), insert('humanTaskUis', humanTaskUi)];
  return { humanTaskUi, humanTaskUiArn, keptUi };
}
