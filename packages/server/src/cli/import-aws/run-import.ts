/** `holdpoint import-aws`: read, plan, ask, make. */
import type { Calling, Shown } from '../api-command.ts';
import { confirm } from '../confirm.ts';
import { Interrupted } from '../interruption.ts';
import { quoted } from '../next-command.ts';
import { openObjects } from '../objects.ts';
import { startProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { applyPlan } from './apply.ts';
import { type AwsSource, openAwsSource, refuseSameServer } from './aws-source.ts';
import { copyOutputs, folderSource, type OutputSource } from './copy-outputs.ts';
import { findingsOf } from './findings.ts';
import { type Here, readHere, readPlace } from './here.ts';
import type { Inventory } from './inventory.ts';
import { leftOutOf, problemsOf } from './left-out.ts';
import { emptyMapping, readMapping } from './mapping.ts';
import { makePlan, type Plan } from './plan.ts';
import { readAccount } from './read-account.ts';
import { readDump } from './read-dump.ts';
import { count } from './sentences.ts';
import { planJson, planText, resultJson, resultText } from './show.ts';
import { isThere } from './step.ts';
import { createTranslation, type Translation } from './translate.ts';
import { wantedOf } from './wanted.ts';
import { writeMapping } from './write-mapping.ts';

export interface ImportOptions {
  readonly awsProfile?: string;
  readonly awsRegion?: string;
  readonly fromDirectory?: string;
  readonly flows?: string;
  readonly mapping?: string;
  readonly writeMapping?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly outputs?: boolean;
  readonly json?: boolean;
  readonly data?: string;
  readonly endpointUrl?: string;
  readonly profile?: string;
  readonly region?: string;
}

export async function runImport(calling: Calling<ImportOptions>): Promise<Shown> {
  const { client, options, terminal, signal } = calling;
  const place = await readPlace(client);
  const mapping = options.mapping === undefined ? emptyMapping : await readMapping(options.mapping);
  const source = openSource(options, terminal, client.meta.endpointUrl);
  try {
    const inventory = await read(source, options, terminal, signal);
    if (source !== undefined) refuseSameServer(inventory.workforces, place.workforce, source.endpointUrl);
    const translation = createTranslation(mapping, place);
    if (options.writeMapping !== undefined) {
      writeMapping(options.writeMapping, inventory, place);
      const problems = problemsOf(inventory, leftOutOf(inventory, translation));
      const text = `Wrote ${options.writeMapping}. Edit it, then run this again with --mapping ${quoted(options.writeMapping)}.`;
      return {
        output: { mapping: options.writeMapping, problems },
        text,
        failure: problems[0],
      };
    }
    const objects = openObjects({
      endpointUrl: client.meta.endpointUrl,
      region: client.meta.regionName,
      credentials: client.credentials,
      signal,
    });
    const here = await readHere(client, objects, place, wantedOf(inventory, translation, options.outputs === true));
    const plan = await completePlan(calling, inventory, here, translation);
    return await carryOut(calling, { plan, inventory, here, objects, outputs: outputSource(source, options, signal) });
  } finally {
    source?.close();
  }
}

function openSource(options: ImportOptions, terminal: Terminal, target: string): AwsSource | undefined {
  const { fromDirectory, awsProfile, awsRegion } = options;
  const isLive = awsProfile !== undefined || awsRegion !== undefined;
  if (fromDirectory === undefined && !isLive)
    throw new UsageError(
      'Name what to read: an account with --aws-profile or --aws-region, or files of the aws CLI with --from-directory.',
    );
  if (fromDirectory !== undefined && isLive)
    throw new UsageError('Give --from-directory, or --aws-profile and --aws-region: it is one or the other.');
  return isLive ? openAwsSource(options, terminal.environment, target) : undefined;
}

async function read(
  source: AwsSource | undefined,
  { fromDirectory = '', flows: given }: ImportOptions,
  { errors }: Terminal,
  signal: AbortSignal,
): Promise<Inventory> {
  const flows = given
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (flows?.length === 0) throw new UsageError('--flows names no flow definition; separate several by commas.');
  if (source === undefined) return readDump(fromDirectory, flows);
  const progress = startProgress(errors, 'Reading AWS');
  try {
    return await readAccount(source, {
      flows: flows && [...new Set(flows)],
      signal,
      tell: (done) => progress.update(done),
    });
  } finally {
    progress.end();
  }
}

async function completePlan(
  { client, options }: Calling<ImportOptions>,
  inventory: Inventory,
  here: Here,
  translation: Translation,
): Promise<Plan> {
  const plan = makePlan(inventory, here, translation, { outputs: options.outputs === true });
  return { ...plan, remarks: [...plan.remarks, ...(await findingsOf(client, plan.steps))] };
}

interface Work {
  readonly plan: Plan;
  readonly inventory: Inventory;
  readonly here: Here;
  readonly objects: ReturnType<typeof openObjects>;
  readonly outputs: OutputSource;
}

async function carryOut(
  calling: Calling<ImportOptions>,
  { plan, inventory, here, objects, outputs }: Work,
): Promise<Shown> {
  const { client, options, terminal, signal } = calling;
  const text = planText(plan, inventory, here, options);
  const output = planJson(plan, inventory, here, options);
  const unread =
    plan.problems.length === 0
      ? undefined
      : `Not everything could be read: ${count(plan.problems.length, 'problem')}, as told above.`;
  const toMake = plan.steps.filter(({ action }) => action === 'create').length;
  if (options.dryRun) return { output: { plan: output }, text, failure: unread };
  const left = plan.steps.filter((step) => !isThere(step) && step.action !== 'skip').length;
  const notMoved =
    left === 0 ? unread : `${left} of ${plan.steps.length} could not be taken over; the reasons stand above.`;
  if (toMake === 0 && plan.outputs.length === 0)
    return {
      output: { plan: output, result: resultJson([], undefined) },
      text: `${text}\nNothing was changed.`,
      failure: notMoved,
    };

  (options.json ? terminal.errors : terminal.output).write(`${text}\n\n`);
  await confirm(terminal, questionOf(toMake, plan.outputs.length > 0), { yes: options.yes, signal });
  const progress = startProgress(terminal.errors, 'Creating', toMake);
  const outcomes = await applyPlan(plan.steps, { client, objects }, progress, signal);
  progress.end();
  const copied =
    plan.outputs.length === 0 || signal.aborted ? undefined : await copy({ plan, objects, outputs }, terminal, signal);
  const shown = {
    output: { plan: output, result: resultJson(outcomes, copied) },
    text: resultText(outcomes, copied, plan),
  };
  if (signal.aborted) {
    terminal.errors.write(`${shown.text}\nThe same command goes on from here.\n`);
    throw new Interrupted();
  }
  const failed = outcomes.filter(({ status }) => status !== 'created').length + (copied?.failed ?? 0);
  return {
    ...shown,
    failure: failed > 0 ? `${count(failed, 'failure')}; the same command tries again what failed.` : notMoved,
  };
}

async function copy(
  { plan, objects, outputs }: Pick<Work, 'plan' | 'objects' | 'outputs'>,
  { errors }: Terminal,
  signal: AbortSignal,
) {
  const progress = startProgress(errors, 'Copying outputs');
  try {
    return await copyOutputs(plan.outputs, outputs, objects, progress, signal);
  } finally {
    progress.end();
  }
}

function outputSource(
  source: AwsSource | undefined,
  { fromDirectory = '' }: ImportOptions,
  signal: AbortSignal,
): OutputSource {
  if (source === undefined) return folderSource(fromDirectory);
  const objects = openObjects({ ...source.objects, signal });
  return { entries: objects.entries, read: async (uri) => new Uint8Array(await objects.read(uri)) };
}

function questionOf(toMake: number, outputs: boolean): string {
  const parts = [...(toMake > 0 ? [`Create ${toMake}`] : []), ...(outputs ? ['copy past outputs'] : [])];
  const question = parts.join(' and ');
  return `${question[0]!.toUpperCase()}${question.slice(1)}? AWS stays as it is.`;
}
