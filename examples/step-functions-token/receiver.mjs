// Receives the events of a Holdpoint event target and hands the answers to the waiting task of Step Functions.
//
//   npx holdpoint event-target add --url https://example.com/hook      # prints the secret, once
//   WEBHOOK_SECRET=whsec_… HOLDPOINT_ENDPOINT=… HOLDPOINT_REGION=… HOLDPOINT_ACCESS_KEY_ID=… HOLDPOINT_SECRET_ACCESS_KEY=… \
//   PORT=8080 node examples/step-functions-token/receiver.mjs
//
// Step Functions is called with the AWS credentials of the surroundings, Holdpoint with its own key.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { createHoldpointClient } from '@holdpoint/client';
import { Webhook } from 'standardwebhooks';

const { HOLDPOINT_ENDPOINT: endpoint, HOLDPOINT_REGION: region } = process.env;
const { HOLDPOINT_ACCESS_KEY_ID: accessKeyId, HOLDPOINT_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
const credentials = { accessKeyId, secretAccessKey };
const holdpoint = createHoldpointClient({ endpointUrl: endpoint, region, credentials });
const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
const stepFunctions = new SFNClient();
const webhook = new Webhook(process.env.WEBHOOK_SECRET);

/** The most characters that a task of Step Functions can answer. */
const longestOutput = 262_144;

/** Ends the task that waits for a human loop; a loop that nobody waits for is left alone. */
async function endTask({ humanLoopName, humanLoopStatus, humanLoopOutput, failureReason }) {
  if (humanLoopStatus === 'Completed') {
    const { outputS3Uri } = humanLoopOutput;
    const { humanAnswers, inputContent } = await readOutput(outputS3Uri);
    if (inputContent.taskToken === undefined) return;
    const whole = JSON.stringify({ humanLoopName, outputS3Uri, humanAnswers });
    const output = whole.length > longestOutput ? JSON.stringify({ humanLoopName, outputS3Uri }) : whole;
    await stepFunctions.send(new SendTaskSuccessCommand({ taskToken: inputContent.taskToken, output }));
  } else {
    // A loop that has failed has no output, so its input is asked for.
    const { InputContent } = await holdpoint.getHumanLoop({ HumanLoopName: humanLoopName });
    const { taskToken } = JSON.parse(InputContent);
    if (taskToken === undefined) return;
    const cause = failureReason ?? `The human loop ${humanLoopName} is ${humanLoopStatus}.`;
    await stepFunctions.send(new SendTaskFailureCommand({ taskToken, error: `HumanLoop.${humanLoopStatus}`, cause }));
  }
  console.log(`${humanLoopName}: ${humanLoopStatus}`);
}

async function readOutput(uri) {
  const { host, pathname } = new URL(uri);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: host, Key: decodeURIComponent(pathname.slice(1)) }));
  return JSON.parse(await Body.transformToString());
}

/** Errors of tasks that have ended already: trying again would not help. */
const over = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

const server = createServer(async (request, response) => {
  const body = await text(request);
  try {
    webhook.verify(body, request.headers);
  } catch {
    return response.writeHead(400).end();
  }
  try {
    await endTask(JSON.parse(body).detail);
  } catch (error) {
    console.error(`${error.name}: ${error.message}`);
    // Any answer but 200 to 299 brings the event again later.
    if (!over.has(error.name)) return response.writeHead(500).end();
  }
  response.writeHead(204).end();
});

server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  console.log(`Listening on http://127.0.0.1:${server.address().port}/`);
});
