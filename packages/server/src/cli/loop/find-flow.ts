import type { Client } from '@holdpoint/client';
import { type OperationOutput, parseArn } from '@holdpoint/protocol';
import { printable } from '../table.ts';
import { UsageError } from '../usage-error.ts';

type Flow = OperationOutput<'DescribeFlowDefinition'>;

/**
 * The flow definition of a name or an ARN.
 *
 * @throws UsageError when the text is neither; Error with a sentence when the server has no such flow definition.
 */
export async function findFlow(client: Client, flow: string): Promise<Flow> {
  const name = nameOf(flow);
  try {
    const found = await client.call('DescribeFlowDefinition', { FlowDefinitionName: name });
    if (!flow.startsWith('arn:') || found.FlowDefinitionArn === flow) return found;
    throw new Error(
      `The flow definition ${printable(flow)} is not of this server; its own is ${found.FlowDefinitionArn}.`,
    );
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFound') throw error;
    throw new Error(
      `There is no flow definition named ${printable(name)}; "holdpoint flow list" shows which there are.`,
    );
  }
}

function nameOf(flow: string): string {
  if (!flow.startsWith('arn:')) return flow;
  const arn = parseArn(flow);
  if (arn?.resourceType === 'flow-definition' && arn.resourceName !== '') return arn.resourceName;
  throw new UsageError(`${printable(flow)} is not the ARN of a flow definition.`);
}
