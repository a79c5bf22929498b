// A Lambda function for a task of Step Functions with ".waitForTaskToken": starts a human loop whose input carries the token.
//
// Environment: HOLDPOINT_ENDPOINT, HOLDPOINT_REGION, HOLDPOINT_ACCESS_KEY_ID, HOLDPOINT_SECRET_ACCESS_KEY, FLOW_DEFINITION_ARN.
import { createHash } from 'node:crypto';
import { SageMakerA2IRuntimeClient, StartHumanLoopCommand } from '@aws-sdk/client-sagemaker-a2i-runtime';

const { HOLDPOINT_ENDPOINT: endpoint, HOLDPOINT_REGION: region } = process.env;
const { HOLDPOINT_ACCESS_KEY_ID: accessKeyId, HOLDPOINT_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
const a2i = new SageMakerA2IRuntimeClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });

export async function handler({ taskToken, ...input }) {
  // The same token gives the same name, so that a repeated call starts no second review.
  const HumanLoopName = `review-${createHash('sha256').update(taskToken).digest('hex').slice(0, 32)}`;
  const { HumanLoopArn } = await a2i.send(
    new StartHumanLoopCommand({
      HumanLoopName,
      FlowDefinitionArn: process.env.FLOW_DEFINITION_ARN,
      HumanLoopInput: { InputContent: JSON.stringify({ ...input, taskToken }) },
    }),
  );
  return { HumanLoopName, HumanLoopArn };
}
