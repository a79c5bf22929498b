import { parseS3Uri } from '@holdpoint/protocol';
import type { Wanted } from './here.ts';
import type { Inventory } from './inventory.ts';
import type { Translation } from './translate.ts';

/** The names here that an inventory would get. */
export function wantedOf({ flows, taskUis, unread }: Inventory, translation: Translation, outputs: boolean): Wanted {
  const named = (section: 'humanTaskUis' | 'flowDefinitions', arns: readonly string[]): string[] =>
    unique(arns.flatMap((arn) => translation.nameOf(section, arn) ?? []));
  const uis = [
    ...taskUis.map(({ arn }) => arn),
    ...unread.filter(({ kind }) => kind === 'human-task-ui').map(({ arn }) => arn),
    ...flows.flatMap(({ description }) => description.HumanLoopConfig?.HumanTaskUiArn ?? []),
  ];
  const places = flows.flatMap(({ description: { OutputConfig } }) => [
    translation.place(OutputConfig.S3OutputPath),
    ...(outputs ? [translation.place(`${OutputConfig.S3OutputPath.replace(/\/+$/, '')}/`)] : []),
  ]);
  return {
    taskUis: named('humanTaskUis', uis),
    flows: named(
      'flowDefinitions',
      flows.map(({ description }) => description.FlowDefinitionArn),
    ),
    buckets: unique(places.flatMap((place) => parseS3Uri(place)?.bucket ?? [])),
  };
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];
