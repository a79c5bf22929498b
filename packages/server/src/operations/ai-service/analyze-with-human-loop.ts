import { hash } from 'node:crypto';
import { ApiError, humanLoopArn, isApiError, isRecord } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import { type ActivationEvaluation, evaluateActivation } from '../../domain/activation/evaluate-activation.ts';
import { conditionsOf, readConditions, wordRuleOf } from '../../domain/activation/start-activation.ts';
import type { ManagedTask } from '../../domain/ai-services.ts';
import { isOfRequest, managedInput } from '../../domain/managed-input.ts';
import type { FlowDefinition, HumanLoop } from '../../domain/rows.ts';
import { startHumanLoop } from '../human-loop/start-human-loop.ts';
import {
  type HumanLoopConfig,
  invalid,
  loadForHumanLoop,
  otherInput,
  readHumanLoopConfig,
} from './human-loop-config.ts';
import { releaseAll, withOwnPictures } from './own-pictures.ts';
import { type AiServiceCall, type Answer, badAnswer, passOn, readWhole } from './pass-on.ts';
import { type ShownPicture, shownPicture } from './shown-picture.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** What is evaluated is held whole; a dense page has about a megabyte. */
const mostOfAnswer = 16 * 1024 * 1024;

/**
 * `AnalyzeDocument` and `DetectModerationLabels` with `HumanLoopConfig`: what this server can refuse it refuses first, then the
 * service is asked, without `HumanLoopConfig`, since flow definitions here are unknown to it and AWS takes no new customers of
 * A2I. The conditions of the flow definition are evaluated on its answer, and where they hold a loop starts. The answer is the
 * service's, with `HumanLoopActivationOutput` added (API references of both services); its errors are answered as they are, and
 * start nothing.
 */
export async function analyzeWithHumanLoop(
  context: OperationContext,
  call: AiServiceCall,
  task: ManagedTask,
  given: JsonObject,
): Promise<Answer> {
  const config = readHumanLoopConfig(given);
  const { flowDefinition, running } = await loadForHumanLoop(context, task, config);
  const { HumanLoopConfig: _config, ...asked } = given;
  const own = await withOwnPictures(context, call.service, asked);
  try {
    const picture = shownPicture(context, task, given, own);
    const shown = shownRequest(task, given, picture);
    if (running) await requireSameRequest(context, running, shown);
    const answer = await passOn(context, call, Buffer.from(JSON.stringify(own.request)));
    if (answer.status >= 300) return answer;
    const text = await wholeText(call, answer);
    const response = parseResponse(call, text);
    const evaluation = evaluate(flowDefinition, task, response, picture);
    const isReviewed = evaluation.activated || running !== undefined;
    const arn = isReviewed && (await start(context, { task, config, shown, response, evaluation, picture, running }));
    return withActivation(answer, text, {
      ...(arn && { HumanLoopArn: arn }),
      HumanLoopActivationReasons: isReviewed ? ['ConditionsEvaluation', ...evaluation.reasons] : [],
      HumanLoopActivationConditionsEvaluationResults: JSON.stringify(evaluation.results),
    });
  } finally {
    releaseAll(own.pictures);
  }
}

/** The request as templates and outputs have it: the picture by its place. */
function shownRequest(task: ManagedTask, given: JsonObject, { place, isToKeep }: ShownPicture): JsonObject {
  if (!isToKeep) return given;
  const { Bytes: _bytes, ...rest } = given[task.picture] as JsonObject;
  return { ...given, [task.picture]: { ...rest, S3Object: { Bucket: place.bucket, Name: place.key } } };
}

async function requireSameRequest(context: OperationContext, running: HumanLoop, shown: JsonObject): Promise<void> {
  const input = await context.store.humanLoopInput(running.id);
  if (!input || !isOfRequest(input.inputContent, shown)) throw otherInput(running.name);
}

async function wholeText({ service }: AiServiceCall, { body }: Answer): Promise<string> {
  const bytes = Buffer.isBuffer(body) ? body : await readWhole(body, mostOfAnswer, service);
  return bytes.toString('utf8');
}

function parseResponse({ service, operation }: AiServiceCall, text: string): JsonObject {
  try {
    const response: unknown = JSON.parse(text);
    if (isRecord(response)) return response;
  } catch {
    // Falls through to the one sentence below.
  }
  throw badAnswer(service, `answered ${operation} with something that is no JSON object; no human loop was started`);
}

/** What cannot be judged is for people to decide: that holds for conditions which were kept before anything evaluated them, too. */
function evaluate(
  { config, tags }: FlowDefinition,
  { source }: ManagedTask,
  response: JsonObject,
  { bytes }: ShownPicture,
): ActivationEvaluation {
  const { tree, violations } = readConditions(conditionsOf(config) ?? '{"Conditions":[]}', source);
  if (!tree)
    return {
      activated: true,
      results: { Conditions: [] },
      selected: response,
      missingFormKeys: [],
      reasons: violations,
    };
  return evaluateActivation(tree, {
    value: response,
    hash: (text) => hash('sha256', text),
    inputHash: () => hash('sha256', bytes),
    wordRule: wordRuleOf(tags),
  });
}

interface Start {
  readonly task: ManagedTask;
  readonly config: HumanLoopConfig;
  readonly shown: JsonObject;
  readonly response: JsonObject;
  readonly evaluation: ActivationEvaluation;
  readonly picture: ShownPicture;
  readonly running: HumanLoop | undefined;
}

/** @returns the ARN of the loop: of a new one, or of the one that the same request has started before. */
async function start(
  context: OperationContext,
  { task, config, shown, response, evaluation, picture, running }: Start,
) {
  const { HumanLoopName: name, FlowDefinitionArn, DataAttributes } = config;
  const arn = humanLoopArn(context.installation, name);
  if (running) return arn;
  const input = managedInput({
    source: task.source,
    request: shown,
    response,
    selected: evaluation.selected,
    conditionResults: evaluation.results,
    missingFormKeys: evaluation.missingFormKeys,
  });
  // The service has taken its time.
  const now = context.clock.now();
  if (picture.isToKeep) await context.pictures.keep(picture.bytes, now);
  try {
    await startHumanLoop(
      { ...context, now },
      {
        HumanLoopName: name,
        FlowDefinitionArn,
        HumanLoopInput: { InputContent: JSON.stringify(input) },
        ...(DataAttributes?.ContentClassifiers && {
          DataAttributes: { ContentClassifiers: DataAttributes.ContentClassifiers },
        }),
      },
    );
  } catch (error) {
    const existing = isApiError(error, 'ConflictException') && (await context.store.humanLoopByName(name));
    if (!existing) throw inWordsOfServices(error);
    await requireSameRequest(context, existing, shown);
  }
  return arn;
}

function inWordsOfServices(error: unknown): unknown {
  if (isApiError(error, 'ServiceQuotaExceededException'))
    return Object.assign(new ApiError('HumanLoopQuotaExceededException', error.message), {
      members: { ResourceType: 'human-loop', QuotaCode: '--in-flight-human-loops', ServiceCode: 'sagemaker' },
    });
  return isApiError(error, 'ValidationException') ? invalid(error.message) : error;
}

/** Everything else stays as the service wrote it, byte for byte. */
function withActivation({ status, headers }: Answer, text: string, activation: JsonObject): Answer {
  const end = text.lastIndexOf('}');
  const before = text.slice(0, end).trimEnd();
  const member = `"HumanLoopActivationOutput":${JSON.stringify(activation)}`;
  const body = Buffer.from(`${before}${before.endsWith('{') ? '' : ','}${member}}`);
  const { 'content-length': _length, 'x-amz-crc32': _sum, ...kept } = headers;
  return { status, headers: kept, body };
}
