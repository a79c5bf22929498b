/** What `holdpoint loop start FLOW --file` was asked to do, checked before anything is sent. */
import { basename, dirname, extname, join } from 'node:path';
import type { OperationInput } from '@holdpoint/protocol';
import type { Calling } from '../../api-command.ts';
import { parseDuration } from '../../duration.ts';
import { quoted } from '../../next-command.ts';
import { requireValid } from '../../require-valid.ts';
import { UsageError } from '../../usage-error.ts';
import { findFlow } from '../find-flow.ts';
import type { StartOptions } from '../start-options.ts';
import { wholeNumber } from '../whole-number.ts';
import type { Subject } from './journal.ts';
import { isJsonList } from './json-list.ts';
import { type Fields, isPrefix, longestPrefix, prefixOf } from './read-item.ts';
import { openSource, type Source } from './source.ts';

type Start = OperationInput<'StartHumanLoop'>;

export interface Plan {
  readonly source: Source;
  readonly fields: Fields;
  /** Names come from the file's own name, since no others were asked for. */
  readonly isNamedByFile: boolean;
  /** What all starts have in common. */
  readonly common: Pick<Start, 'FlowDefinitionArn' | 'DataAttributes'>;
  readonly subject: Subject;
  readonly concurrency: number;
  /** Milliseconds. */
  readonly patience: number;
}

/** @throws UsageError for what cannot be meant; Error when there is no such flow definition. */
export async function planOf({ client, options, terminal }: Calling<StartOptions>, flow: string): Promise<Plan> {
  const concurrency = wholeNumber(options.concurrency, '--concurrency', 1, 1000);
  const patience = parseDuration(options.patience, '--patience') * 1000;
  const source = await openSource(options.file!, terminal.input);
  const fields = fieldsOf(options, source);
  if (await isJsonList(source))
    throw new UsageError(
      `${source.name} is one JSON list, and --file takes a JSON value on each line. Make such a file of it: jq -c '.[]' ${quoted(source.name)} > ${quoted(linesNameOf(source.name))}`,
    );
  const { FlowDefinitionArn, CreationTime } = await findFlow(client, flow);
  const classifiers = options.classifier && [...options.classifier];
  const common = { FlowDefinitionArn, ...(classifiers && { DataAttributes: { ContentClassifiers: classifiers } }) };
  const sample = { HumanLoopName: 'sample', ...common, HumanLoopInput: { InputContent: '{}' } };
  requireValid('StartHumanLoop', sample, { dataAttributes: '--classifier' });
  return {
    source,
    fields,
    isNamedByFile: options.prefix === undefined && options.nameField === undefined,
    common,
    subject: {
      flowDefinition: FlowDefinitionArn,
      flowDefinitionCreated: CreationTime.toISOString(),
      settings: { ...fields, ...(classifiers && { classifiers }) },
    },
    concurrency,
    patience,
  };
}

/** A name beside it; its own is taken. */
const linesNameOf = (file: string): string =>
  join(dirname(file), `${basename(file, extname(file))}${extname(file) === '.jsonl' ? '-lines' : ''}.jsonl`);

function fieldsOf({ prefix, nameField, inputField }: StartOptions, { name, file }: Source): Fields {
  if (prefix !== undefined && nameField !== undefined)
    throw new UsageError('Names come from --prefix or from --name-field; give one of them.');
  if (prefix !== undefined && !isPrefix(prefix))
    throw new UsageError(
      `--prefix takes letters and digits with hyphens between them, ${longestPrefix} at most, not '${prefix}'.`,
    );
  const made = prefix ?? (file === undefined ? '' : prefixOf(file));
  if (made === '' && nameField === undefined)
    throw new UsageError(`${name} gives the loops no name: give --prefix, or --name-field.`);
  return {
    prefix: nameField === undefined ? made : '',
    ...(nameField !== undefined && { nameField }),
    ...(inputField !== undefined && { inputField }),
  };
}
