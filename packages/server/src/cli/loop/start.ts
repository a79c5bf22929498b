import { randomBytes } from 'node:crypto';
import type { OperationInput } from '@holdpoint/protocol';
import type { Call, Calling } from '../api-command.ts';
import { nextCommand } from '../next-command.ts';
import { readJsonText, requireJson } from '../read-text.ts';
import { requireValid } from '../require-valid.ts';
import { printable } from '../table.ts';
import { UsageError } from '../usage-error.ts';
import { waitForAnswers } from './answers.ts';
import { findFlow } from './find-flow.ts';
import { requireAnswerable } from './require-answerable.ts';
import type { StartOptions } from './start-options.ts';

type Start = OperationInput<'StartHumanLoop'>;
const ofOne = ['name', 'input', 'inputFile', 'wait'] as const;
const ofMany = ['prefix', 'nameField', 'inputField'] as const;

/** Starts one human loop, or with `--file` one for each line. */
export const start: Call<StartOptions> = async (calling, flow = '', dash) => {
  const { options } = calling;
  if (dash !== undefined && dash !== '-')
    throw new UsageError(`'${dash}' is no input: give --input, --input-file, or - for standard input.`);
  const others = options.file === undefined ? ofMany : ofOne;
  for (const option of others)
    if (options[option] !== undefined)
      throw new UsageError(
        `${flagOf(option)} ${options.file === undefined ? 'goes with' : 'does not go with'} --file, which starts many loops.`,
      );
  if (options.file === undefined) return startOne(calling, flow, dash === '-');
  if (dash !== undefined) throw new UsageError('Give either --file or -; many loops from standard input are --file -.');
  return (await import('./start-many/start-many.ts')).startMany(calling, flow);
};

async function startOne(calling: Calling<StartOptions>, flow: string, isPiped: boolean) {
  const { client, options } = calling;
  if (options.wait) requireAnswerable(calling.connection);
  const InputContent = await readInput(calling, isPiped);
  const { FlowDefinitionArn, FlowDefinitionName } = await findFlow(client, flow);
  const input: Start = {
    HumanLoopName: options.name ?? newName(FlowDefinitionName),
    FlowDefinitionArn,
    HumanLoopInput: { InputContent },
    ...(options.classifier && { DataAttributes: { ContentClassifiers: [...options.classifier] } }),
  };
  requireValid('StartHumanLoop', input, {
    humanLoopName: '--name',
    'humanLoopInput.inputContent': 'The input',
    dataAttributes: '--classifier',
  });
  const { HumanLoopArn, ResponseMetadata } = await client.call('StartHumanLoop', input);
  const name = input.HumanLoopName;
  const output = { HumanLoopName: name, HumanLoopArn, FlowDefinitionArn };
  const { HTTPHeaders, RetryAttempts } = ResponseMetadata;
  // What the client itself has sent twice repeats nothing.
  const isRepeated = RetryAttempts === 0 && HTTPHeaders['holdpoint-repeated'] !== undefined;
  // Whether that makes a loop that is over already or none is a tag of the flow.
  if (HTTPHeaders['holdpoint-activated'] === 'false')
    return {
      output: { ...output, Activated: false },
      text: `Nobody is asked about ${printable(name)}: its input passes the activation conditions of the flow.`,
    };
  const told = isRepeated ? `${printable(name)} was there before, with the same input` : `Started ${printable(name)}`;
  if (!options.wait) {
    const next = nextCommand(`loop watch ${name}`, options);
    return { output, text: `${told}.\nFollow it with ${next}` };
  }
  calling.terminal.errors.write(`${told}; waiting for the answer.\n`);
  return waitForAnswers(calling, name);
}

async function readInput({ options, terminal }: Calling<StartOptions>, isPiped: boolean): Promise<string> {
  const { input, inputFile } = options;
  const given = [input, inputFile, isPiped || undefined].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw new UsageError('Give one input: --input with JSON, --input-file with a file, or - for standard input.');
  if (input === undefined) return readJsonText(inputFile ?? '-', terminal);
  requireJson(input, '--input');
  return input;
}

/** A name that nobody has: of the flow, the moment and chance. */
function newName(flow: string): string {
  const moment = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `${flow.slice(0, 38).replace(/-+$/, '')}-${moment}-${randomBytes(4).toString('hex')}`;
}

const flagOf = (option: string): string => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
