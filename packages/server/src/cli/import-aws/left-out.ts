/**
 * What is left out on purpose, which is no failure: what the mapping says, what AWS itself has given up, flow definitions that
 * need what the mapping leaves out, and what only such flow definitions use.
 */
import { type FlowDescription, type Inventory, nameOf, sourceNameOf, type Thing } from './inventory.ts';
import { listed } from './sentences.ts';
import type { Translation } from './translate.ts';

/** Why a thing is left out, as a sentence; undefined when it is not. */
export type LeftOut = (thing: Thing) => string | undefined;

const sections = {
  workteam: 'workteams',
  'human-task-ui': 'humanTaskUis',
  'flow-definition': 'flowDefinitions',
} as const;
const words = { workteam: 'workteam', 'human-task-ui': 'human task UI' } as const;
const byMapping = 'The mapping leaves it out.';
const namesShown = 3;

export function leftOutOf({ flows, taskUis, unread }: Inventory, translation: Translation): LeftOut {
  const isDropped = ({ kind, arn }: Thing): boolean => translation.nameOf(sections[kind], arn) === null;
  const descriptions = flows.map(({ description }) => description);
  const uses = descriptions.flatMap(usesOf);

  function reasonOfFlow(arn: string, status: string | undefined, needs: readonly Use[]): string | undefined {
    if (isDropped({ kind: 'flow-definition', arn })) return byMapping;
    if (status === 'Failed' || status === 'Deleting') return `It is ${status} at AWS.`;
    const missing = needs.find(isDropped);
    return missing && `The mapping leaves out the ${words[missing.kind]} ${sourceNameOf(missing.arn)}, which it needs.`;
  }
  const ofFlows = new Map([
    ...unread.map(({ arn, status }) => [arn, reasonOfFlow(arn, status, [])] as const),
    ...descriptions.map((flow) => {
      const { FlowDefinitionArn: arn, FlowDefinitionStatus: status } = flow;
      return [arn, reasonOfFlow(arn, status, usesOf(flow))] as const;
    }),
  ]);

  function reasonOfUsed(thing: Thing): string | undefined {
    if (isDropped(thing)) return byMapping;
    // Who gives it a name wants it.
    if (translation.isMapped(sections[thing.kind], thing.arn)) return undefined;
    if (taskUis.some(({ arn, status }) => arn === thing.arn && status === 'Deleting'))
      return 'It is being deleted at AWS.';
    const users = uses.filter(({ arn }) => arn === thing.arn).map(({ flow }) => flow);
    if (users.length === 0 || users.some((flow) => ofFlows.get(flow) === undefined)) return undefined;
    const names = users.map(nameOf);
    const more = names.length > namesShown ? [`${names.length - namesShown} more`] : [];
    const shown = listed([...names.slice(0, namesShown), ...more]);
    return users.length === 1
      ? `Only ${shown} uses it, which is left out.`
      : `Only ${shown} use it, which are left out.`;
  }

  return (thing) => (thing.kind === 'flow-definition' ? ofFlows.get(thing.arn) : reasonOfUsed(thing));
}

interface Use extends Thing {
  readonly kind: 'workteam' | 'human-task-ui';
  /** The ARN of the flow definition. */
  readonly flow: string;
}

const usesOf = ({ FlowDefinitionArn: flow, HumanLoopConfig: config }: FlowDescription): Use[] =>
  config === undefined
    ? []
    : [
        { kind: 'workteam', arn: config.WorkteamArn, flow },
        { kind: 'human-task-ui', arn: config.HumanTaskUiArn, flow },
      ];

/** The sentences on what could not be read, without what is left out anyway. */
export const problemsOf = ({ problems }: Inventory, leftOut: LeftOut): string[] =>
  problems.filter(({ about }) => about === undefined || leftOut(about) === undefined).map(({ text }) => text);
