import { createA2IRuntimeClient } from '@holdpoint/client';
import type { HumanAnswer, OperationOutput, Output } from '@holdpoint/protocol';
import type { Call, Calling, Shown } from '../api-command.ts';
import { nextCommand } from '../next-command.ts';
import { duration } from '../progress.ts';
import type { ServerOptions } from '../server-options.ts';
import { formatTable, minuteOf, printable } from '../table.ts';
import { flatten, textOf } from './flatten.ts';
import { objectsOf, readOutput } from './read-output.ts';
import { requireAnswerable } from './require-answerable.ts';

type Described = OperationOutput<'DescribeHumanLoop'>;

/** Characters of one value that are shown. */
const mostShown = 200;

export interface AnswersOptions extends ServerOptions {
  readonly wait?: boolean;
}

/** The answers of a loop; for one without an output, why there is none. */
export const answers: Call<AnswersOptions> = async (calling, name = '') => {
  const { client, options } = calling;
  if (options.wait) {
    requireAnswerable(calling.connection);
    return waitForAnswers(calling, name);
  }
  const described = await client.call('DescribeHumanLoop', { HumanLoopName: name });
  if (described.HumanLoopStatus === 'InProgress' || described.HumanLoopStatus === 'Stopping') {
    const loop = await client.call('GetHumanLoop', { HumanLoopName: name });
    throw new Error(
      `${printable(name)} is ${described.HumanLoopStatus} and has no output yet: ${loop.AnswersDone ?? 0} of ${loop.AnswersNeeded ?? '?'} answers are in.`,
    );
  }
  return showAnswers(name, await outputOf(calling, described));
};

/** Waits until a loop is finished, however long people take. @throws Error with a sentence when it has no output */
export async function waitForAnswers(calling: Calling<ServerOptions>, name: string): Promise<Shown> {
  const { connection, options, terminal, signal } = calling;
  const runtime = createA2IRuntimeClient(connection.clientOptions);
  try {
    const described = await runtime.getWaiter('human_loop_finished').wait({ HumanLoopName: name }, { signal });
    const shown = showAnswers(name, await outputOf(calling, described));
    return described.HumanLoopStatus === 'Stopped' ? { ...shown, failure: `${printable(name)} was stopped.` } : shown;
  } catch (error) {
    if (signal.aborted)
      terminal.errors.write(
        `${printable(name)} goes on; see its answers later with ${nextCommand(`loop answers ${name}`, options)}\n`,
      );
    throw error;
  } finally {
    runtime.close();
  }
}

async function outputOf(calling: Calling<unknown>, described: Described): Promise<Output> {
  const { HumanLoopName, HumanLoopOutput, FailureCode, FailureReason } = described;
  if (HumanLoopOutput === undefined)
    throw new Error(
      `${printable(HumanLoopName)} failed and has no output${FailureReason ? `: ${printable(FailureReason)}` : '.'}${FailureCode ? ` (${FailureCode})` : ''}`,
    );
  const { output } = await readOutput(objectsOf(calling), HumanLoopOutput.OutputS3Uri, calling.signal);
  return output;
}

/** Answers as a table: one line for each value that was answered. */
function showAnswers(name: string, output: Output): Shown {
  const rows = output.humanAnswers.flatMap(rowsOf);
  const headings = ['WHO', 'WHEN', 'TIME SPENT', 'ANSWER', ''];
  return { output, text: formatTable(headings, rows, `${printable(name)} ended without an answer.`) };
}

function rowsOf({ workerId, submissionTime, timeSpentInSeconds, answerContent }: HumanAnswer): string[][] {
  const who = [workerId, minuteOf(new Date(submissionTime)), duration(timeSpentInSeconds)];
  const values = flatten(answerContent);
  return values.map(([path, value], index) => [...(index === 0 ? who : ['', '', '']), path, shortened(textOf(value))]);
}

/** On one line, and cut: `--json` has the whole. */
function shortened(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ⏎ ');
  return line.length <= mostShown ? line : `${line.slice(0, mostShown).toWellFormed()}…`;
}
