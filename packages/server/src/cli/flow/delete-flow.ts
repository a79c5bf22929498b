import type { OperationOutput } from '@holdpoint/protocol';
import type { Call, Calling } from '../api-command.ts';
import { confirm } from '../confirm.ts';
import { nextCommand } from '../next-command.ts';
import type { ServerOptions } from '../server-options.ts';
import { printable } from '../table.ts';
import { waitUntil } from '../wait-until.ts';

export interface DeleteFlowOptions extends ServerOptions {
  readonly yes?: boolean;
  readonly wait: boolean;
}

/** Deletes a flow, waits until it is gone, and says what stays. */
export const deleteFlow: Call<DeleteFlowOptions> = async (calling, name = '') => {
  const { client, terminal, options, signal } = calling;
  const flow = await client.call('DescribeFlowDefinition', { FlowDefinitionName: name }, { signal });
  const question = `Delete the flow ${printable(name)}? Its loops that wait are stopped.`;
  await confirm(terminal, question, { yes: options.yes, signal });
  await client.call('DeleteFlowDefinition', { FlowDefinitionName: name });
  if (options.wait) await untilGone(calling, name);
  return {
    output: { FlowDefinitionArn: flow.FlowDefinitionArn, Deleted: options.wait },
    text: [
      options.wait
        ? `The flow ${printable(name)} is gone.`
        : `The flow ${printable(name)} is being deleted, when nobody works on its loops any more.`,
      whatStays(flow),
    ].join('\n'),
  };
};

async function untilGone({ client, terminal, options, signal }: Calling<DeleteFlowOptions>, name: string) {
  const shown = printable(name);
  const title = (): string => `Waiting until nobody works on the loops of ${shown}`;
  try {
    await waitUntil(terminal.errors, title, signal, async () => {
      try {
        await client.call('DescribeFlowDefinition', { FlowDefinitionName: name }, { signal });
        return undefined;
      } catch (error) {
        if ((error as Error).name === 'ResourceNotFound') return true;
        throw error;
      }
    });
  } catch (error) {
    if (signal.aborted)
      terminal.errors.write(
        `The flow ${shown} goes on being deleted while its server runs: ${nextCommand(`flow show ${name}`, options)}\n`,
      );
    throw error;
  }
}

function whatStays({ HumanLoopConfig, OutputConfig }: OperationOutput<'DescribeFlowDefinition'>): string {
  const ui = HumanLoopConfig?.HumanTaskUiArn.split('/').at(-1) ?? '';
  return `What stays: the human task UI ${printable(ui)}, its finished loops, and their outputs in ${printable(OutputConfig.S3OutputPath)}.`;
}
