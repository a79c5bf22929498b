import {
  ApiError,
  isRecord,
  operations,
  type ShapeValue,
  structure,
  validate,
  validationMessage,
} from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import type { ManagedTask } from '../../domain/ai-services.ts';
import { isFinal } from '../../domain/human-loop.ts';
import type { FlowDefinition, HumanLoop } from '../../domain/rows.ts';
import { nameInArn } from '../own-arn.ts';

const { HumanLoopName, FlowDefinitionArn, DataAttributes } = operations.StartHumanLoop.input.members;
const { ContentClassifiers } = DataAttributes.members;

/** As in the models of both services, where `ContentClassifiers` may be left out. */
const shape = structure(
  {
    HumanLoopConfig: structure(
      { HumanLoopName, FlowDefinitionArn, DataAttributes: structure({ ContentClassifiers }) },
      ['HumanLoopName', 'FlowDefinitionArn'],
    ),
  },
  ['HumanLoopConfig'],
);

export type HumanLoopConfig = ShapeValue<typeof shape>['HumanLoopConfig'];

/** @throws ApiError ValidationException in the words of AWS, ahead of everything else. */
export function readHumanLoopConfig(request: Readonly<Record<string, unknown>>): HumanLoopConfig {
  const violations = [...misfits(request.HumanLoopConfig), ...validate(shape, request)];
  if (violations.length > 0) throw new ApiError('ValidationException', validationMessage(violations));
  return request.HumanLoopConfig as HumanLoopConfig;
}

/** Bounds pass over values of another type, which a codec would have refused. */
function misfits(config: unknown): string[] {
  const { HumanLoopName: name, FlowDefinitionArn: arn, DataAttributes: data } = isRecord(config) ? config : {};
  const classifiers = isRecord(data) ? data.ContentClassifiers : undefined;
  const members: readonly (readonly [path: string, fits: boolean, type: string])[] = [
    ['', isRecord(config), 'an object'],
    ['.humanLoopName', name == null || typeof name === 'string', 'a string'],
    ['.flowDefinitionArn', arn == null || typeof arn === 'string', 'a string'],
    ['.dataAttributes', data == null || isRecord(data), 'an object'],
    ['.dataAttributes.contentClassifiers', classifiers == null || Array.isArray(classifiers), 'a list'],
  ];
  return members
    .filter(([, fits]) => !fits)
    .map(([path, , type]) => `Value at 'humanLoopConfig${path}' failed to satisfy constraint: Member must be ${type}`);
}

/**
 * What a call with `HumanLoopConfig` needs of this server, looked up before the service is asked, which costs money.
 *
 * @returns the flow definition; with it the loop that has the name already and is under way, which may be of the same request.
 * @throws ApiError InvalidParameterException, as the services say it of everything that is wrong with a loop.
 */
export async function loadForHumanLoop(
  context: OperationContext,
  task: ManagedTask,
  { HumanLoopName: name, FlowDefinitionArn: arn }: HumanLoopConfig,
): Promise<{ flowDefinition: FlowDefinition; running: HumanLoop | undefined }> {
  const flowName = nameInArn(context.installation, arn, 'flow-definition');
  const flowDefinition = flowName === undefined ? undefined : await context.store.flowDefinitionByName(flowName);
  if (!flowDefinition) throw invalid(`The specified FlowDefinition '${arn}' does not exist.`);
  if (flowDefinition.status !== 'Active' && flowDefinition.status !== 'Initializing')
    throw invalid(`The specified FlowDefinition '${arn}' is ${flowDefinition.status} and cannot start human loops.`);
  const source = flowDefinition.config.HumanLoopRequestSource?.AwsManagedHumanLoopRequestSource;
  if (source !== task.source)
    throw invalid(
      `The specified FlowDefinition '${arn}' has ${source === undefined ? 'no HumanLoopRequestSource' : `the HumanLoopRequestSource ${source}`}; ${task.operation} needs ${task.source}.`,
    );
  const existing = await context.store.humanLoopByName(name);
  if (existing && isFinal(existing))
    throw invalid(`HumanLoop '${name}' already exists and is finished. Please use a different HumanLoopName.`);
  if (existing && existing.flowDefinitionId !== flowDefinition.id) throw otherInput(name);
  return { flowDefinition, running: existing };
}

export const invalid = (message: string): ApiError => new ApiError('InvalidParameterException', message);

export const otherInput = (name: string): ApiError =>
  invalid(`HumanLoop '${name}' already exists with a different input. Please use a different HumanLoopName.`);
