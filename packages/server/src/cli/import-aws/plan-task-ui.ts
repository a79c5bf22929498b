import { humanTaskUiArn, operations, validate } from '@holdpoint/protocol';
import { type Here, sha256Of } from './here.ts';
import { type Inventory, nameOf } from './inventory.ts';
import type { LeftOut } from './left-out.ts';
import { refusalOf, usableTags } from './plan-input.ts';
import type { Step } from './step.ts';
import type { Translation } from './translate.ts';

const mostCharacters = 128_000;

/** What becomes of a human task UI: one that was read, or one that a flow definition names. */
export function planTaskUi(
  arn: string,
  inventory: Inventory,
  here: Here,
  translation: Translation,
  leftOut: LeftOut,
): Step {
  const ui = inventory.taskUis.find((each) => each.arn === arn);
  const target = translation.nameOf('humanTaskUis', arn);
  const step = { kind: 'human-task-ui', source: nameOf(arn), target: target ?? '', needs: [] } as const;
  const omitted = leftOut({ kind: 'human-task-ui', arn });
  const skipped = { ...step, action: 'skip', ...(omitted && { reason: omitted }) } as const;
  if (target === null || target === undefined) return skipped;
  const existing = here.taskUis.get(target);
  const isMapped = translation.isMapped('humanTaskUis', arn);
  const template = ui?.template;
  if (existing !== undefined) {
    if (template !== undefined && sha256Of(template) === existing)
      return { ...step, action: 'equal', ...tagsNote(ui?.tags, here, target) };
    if (isMapped) return { ...step, action: 'use', reason: `The mapping puts ${target}, which is here, in its place.` };
  }
  if (omitted !== undefined) return skipped;
  if (existing !== undefined && template !== undefined)
    return {
      ...step,
      action: 'differs',
      reason: `${target} has another template here; give this one another name in the mapping.`,
    };
  if (template === undefined) {
    const why = ui === undefined ? 'It is not among what was read' : 'Its template could not be read';
    return {
      ...step,
      action: 'blocked',
      reason: `${why}; the mapping can put a human task UI that is here in its place.`,
    };
  }
  const length = [...template].length;
  if (length > mostCharacters)
    return {
      ...step,
      action: 'blocked',
      reason: `Its template has ${length.toLocaleString('en-US')} characters; at most 128,000 are allowed.`,
    };
  const tags = usableTags(ui?.tags);
  const input = { HumanTaskUiName: target, UiTemplate: { Content: template }, ...(tags.length > 0 && { Tags: tags }) };
  const refusal = refusalOf(validate(operations.CreateHumanTaskUi.input, input));
  if (refusal !== undefined) return { ...step, action: 'blocked', reason: refusal };
  return { ...step, action: 'create', create: { operation: 'CreateHumanTaskUi', input } };
}

function tagsNote(tags: Parameters<typeof usableTags>[0], here: Here, name: string): { reason?: string } {
  const missing = missingTags(tags, here.tags.get(humanTaskUiArn(here, name)));
  return missing === undefined ? {} : { reason: missing };
}

/** Tags are never added to what is here already, only told. */
export function missingTags(
  tags: Parameters<typeof usableTags>[0],
  existing: Parameters<typeof usableTags>[0],
): string | undefined {
  const known = new Map((existing ?? []).map(({ Key, Value }) => [Key, Value]));
  const missing = usableTags(tags).filter(({ Key, Value }) => known.get(Key) !== Value);
  return missing.length === 0
    ? undefined
    : `Here it does not have the ${missing.length === 1 ? 'tag' : 'tags'} ${missing.map(({ Key }) => Key).join(', ')}.`;
}
