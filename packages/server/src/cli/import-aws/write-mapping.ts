/**
 * A mapping file to start from: what would happen without one, with a word on each section. Its lines are comments, because a line
 * that names what is here says that it may take the place of something else.
 */
import { writeFileSync } from 'node:fs';
import { type ArnSettings, parseS3Uri } from '@holdpoint/protocol';
import { UsageError } from '../usage-error.ts';
import { crowdOf, type Inventory, nameOf, sourceNameOf } from './inventory.ts';
import { emptyMapping, type Section } from './mapping.ts';
import { createTranslation } from './translate.ts';

type Entries = readonly (readonly [from: string, to: string])[];

/** @throws UsageError when there is such a file already. */
export function writeMapping(file: string, inventory: Inventory, here: ArnSettings): void {
  try {
    writeFileSync(file, mappingText(inventory, here), { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === 'EEXIST' ? `${file} is there already; it is left as it is.` : `${file} cannot be written: ${message}`,
    );
  }
}

function mappingText(inventory: Inventory, here: ArnSettings): string {
  const plain = createTranslation(emptyMapping, here);
  const flows = inventory.flows.map(({ description }) => description);
  const configs = flows.flatMap(({ HumanLoopConfig }) => HumanLoopConfig ?? []);
  const teams = unique([
    ...inventory.workteams.map(({ description }) => description.WorkteamArn),
    ...configs.map(({ WorkteamArn }) => WorkteamArn),
  ]);
  const uis = unique([
    ...inventory.taskUis.map(({ arn }) => arn),
    ...configs.map(({ HumanTaskUiArn }) => HumanTaskUiArn),
  ]);
  const buckets = unique(flows.flatMap(({ OutputConfig }) => parseS3Uri(OutputConfig.S3OutputPath)?.bucket ?? []));
  const parts: [Section, string, Entries][] = [
    [
      'roles',
      'Role ARNs. They are kept as texts: the server works with its own rights.',
      unique(flows.map(({ RoleArn }) => RoleArn)).map((arn) => [arn, plain.role(arn)]),
    ],
    [
      'buckets',
      'Buckets, or places such as s3://bucket/prefix, in which outputs are written.',
      buckets.map((bucket) => [bucket, bucket]),
    ],
    [
      'workteams',
      'Workteams. A crowd (public-crowd, vendor-crowd) needs the name of a private one; null leaves a team out, and what uses it.',
      teams.map((arn) => [sourceNameOf(arn), crowdOf(arn) === 'private' ? nameOf(arn) : 'NAME']),
    ],
    [
      'humanTaskUis',
      'Human task UIs. Another name on the right avoids one that is taken here; null leaves it out, and what uses it.',
      uis.map((arn) => [nameOf(arn), nameOf(arn)]),
    ],
    [
      'flowDefinitions',
      'Flow definitions. Another name on the right changes the ARN that programs use; null leaves it out.',
      flows.map(({ FlowDefinitionName }) => [FlowDefinitionName, FlowDefinitionName]),
    ],
  ];
  const body = parts.map(([section, sentence, entries]) => sectionText(section, sentence, entries)).join('\n');
  return `// What things of AWS (left) are called here (right). As it stands, this file changes nothing: take the slashes away\n// from a line and change its right side. An ARN or a name may stand on the left.\n{\n${body}}\n`;
}

const sectionText = (section: Section, sentence: string, entries: Entries): string =>
  [
    `  // ${sentence}`,
    `  ${section}: {`,
    ...entries.map(([from, to]) => `    // ${JSON.stringify(from)}: ${JSON.stringify(to)},`),
    '  },',
    '',
  ].join('\n');

const unique = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];
