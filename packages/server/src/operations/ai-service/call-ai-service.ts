/**
 * Calls of Textract and Rekognition. All are passed on to the operator's service; two of them, with `HumanLoopConfig`, ask
 * people as well. These are the only operations that wait for somebody else's server: what they need of the store is looked up
 * before, and the loop is decided and saved after, so that no decision rests on rows that are as old as the service's answer.
 */
import { isRecord } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import { managedTasks } from '../../domain/ai-services.ts';
import { releaseAll, withOwnPictures } from './own-pictures.ts';
import { type AiServiceCall, type Answer, passOn } from './pass-on.ts';

/** @throws ApiError in the services' words; what the service itself answers, errors too, is the answer. */
export async function callAiService(context: OperationContext, call: AiServiceCall): Promise<Answer> {
  context.aiServices.requireEndpoint(call.service);
  const request = readRequest(call);
  if (!request) return passOn(context, call, call.body);
  const task = managedTasks.find(({ service, operation }) => service === call.service && operation === call.operation);
  if (task && request.HumanLoopConfig !== undefined && request.HumanLoopConfig !== null)
    // Loaded with the first one, for the sake of installations without any.
    return (await import('./analyze-with-human-loop.ts')).analyzeWithHumanLoop(context, call, task, request);
  const { request: sent, pictures } = await withOwnPictures(context, call.service, request);
  try {
    return await passOn(context, call, sent === request ? call.body : Buffer.from(JSON.stringify(sent)));
  } finally {
    releaseAll(pictures);
  }
}

/** The request where something in it may be ours; undefined where it goes on as it came, also when it is no JSON. */
function readRequest({ body }: AiServiceCall): Readonly<Record<string, unknown>> | undefined {
  if (!body.includes('"S3Object"') && !body.includes('"HumanLoopConfig"')) return undefined;
  try {
    const request: unknown = JSON.parse(body.toString('utf8'));
    return isRecord(request) ? request : undefined;
  } catch {
    // The service says so in its own words.
    return undefined;
  }
}
