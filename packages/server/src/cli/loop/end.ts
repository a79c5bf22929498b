import type { Call, Calling } from '../api-command.ts';
import { confirm } from '../confirm.ts';
import { sentenceOf } from '../failure.ts';
import { printable } from '../table.ts';

export interface EndOptions {
  readonly json?: boolean;
  readonly yes?: boolean;
}

interface Ended {
  readonly HumanLoopName: string;
  /** What it is now; undefined where it could not be ended. */
  readonly HumanLoopStatus?: string;
  readonly Error?: { readonly Code: string; readonly Message: string };
}

/** Stops loops; what workers are at may be finished. */
export const stop: Call<EndOptions> = (calling, ...names) =>
  endAll(calling, names.flat(), 'stopped', async (name) => {
    await calling.client.call('StopHumanLoop', { HumanLoopName: name });
    const { HumanLoopStatus } = await calling.client.call('DescribeHumanLoop', { HumanLoopName: name });
    const shown = printable(name);
    if (HumanLoopStatus !== 'Stopping') return [HumanLoopStatus, `${shown} is ${HumanLoopStatus}.`];
    return [HumanLoopStatus, `${shown} is Stopping, until nobody works on it any more.`];
  });

/** Deletes finished loops. */
export const remove: Call<EndOptions> = async (calling, ...given) => {
  const names = given.flat();
  const { options, terminal, signal } = calling;
  const question = `Delete ${names.length} human loops, and their answers with them? Their output objects stay.`;
  if (names.length > 1) await confirm(terminal, question, { yes: options.yes, signal });
  return endAll(calling, names, 'deleted', async (name) => {
    const { HumanLoopOutput } = await calling.client.call('DescribeHumanLoop', { HumanLoopName: name });
    await calling.client.call('DeleteHumanLoop', { HumanLoopName: name });
    const shown = printable(name);
    // A failed loop has none.
    return ['Deleted', HumanLoopOutput ? `${shown} is deleted; its output object stays.` : `${shown} is deleted.`];
  });
};

/** One after the other, and each told of when it is done; one that fails keeps none of the others from it. */
async function endAll(
  { options, terminal, signal }: Calling<EndOptions>,
  names: readonly string[],
  what: string,
  end: (name: string) => Promise<readonly [status: string, sentence: string]>,
) {
  const all: Ended[] = [];
  let failed = 0;
  for (const name of names) {
    signal.throwIfAborted();
    try {
      const [status, sentence] = await end(name);
      all.push({ HumanLoopName: name, HumanLoopStatus: status });
      if (!options.json) terminal.output.write(`${sentence}\n`);
    } catch (error) {
      if (names.length === 1) throw error;
      failed++;
      const { name: Code, message: Message } = error as Error;
      all.push({ HumanLoopName: name, Error: { Code, Message } });
      terminal.errors.write(`${printable(name)}: ${sentenceOf(error)}\n`);
    }
  }
  if (options.json) terminal.output.write(`${JSON.stringify({ HumanLoops: all }, null, 2)}\n`);
  if (failed > 0) throw new Error(`${failed} of ${names.length} human loops could not be ${what}.`);
  return undefined;
}
