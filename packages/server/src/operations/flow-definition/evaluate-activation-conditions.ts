import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { ApiError, type OperationInput, type OperationOutput } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import type { ActivationTree, WordRule } from '../../domain/activation/condition-tree.ts';
import { countResults } from '../../domain/activation/count-results.ts';
import { evaluateActivation } from '../../domain/activation/evaluate-activation.ts';
import { mostSteps } from '../../domain/activation/expression-steps.ts';
import { serviceResponseOf } from '../../domain/activation/service-response.ts';
import { conditionsOf, readConditions, wordRuleOf } from '../../domain/activation/start-activation.ts';
import type { FlowDefinition, HumanLoop } from '../../domain/rows.ts';

type Input = OperationInput<'EvaluateActivationConditions'>;
type Output = OperationOutput<'EvaluateActivationConditions'>;

/** So many characters of inputs are read, and so many steps taken, for one call: about three seconds. */
const mostCharacters = 64_000_000;
const mostStepsOfAll = 50 * mostSteps;
const loopsOfPage = 100;
const mostNames = 20;
const mostReasons = 10;

/** Evaluates conditions on an input or on the last inputs of a flow, and changes nothing. */
export const evaluateActivationConditions: OperationHandler<'EvaluateActivationConditions'> = async (
  context,
  input,
) => {
  const { FlowDefinitionName: name, InputContent: content, LastInputs: last } = input;
  if ((content === undefined) === (last === undefined)) throw invalid('Give either InputContent or LastInputs.');
  const flowDefinition = name === undefined ? undefined : await context.store.flowDefinitionByName(name);
  if (name !== undefined && !flowDefinition)
    throw new ApiError('ResourceNotFound', `FlowDefinition '${name}' does not exist.`);
  const tree = treeOf(input, flowDefinition);
  if (content !== undefined) return evaluateOne(tree, content, wordRuleOf(flowDefinition?.tags ?? {}));
  if (!flowDefinition) throw invalid('LastInputs needs FlowDefinitionName, which says whose inputs they are.');
  if (tree.subject !== 'content')
    throw invalid(
      'LastInputs is for conditions on input content: of a flow definition with a request source, only inputs that were sent to people are kept.',
    );
  return { Inputs: await evaluateLast(context, tree, flowDefinition, last!) };
};

const invalid = (sentence: string): ApiError => new ApiError('ValidationException', sentence);

function treeOf(input: Input, flowDefinition: FlowDefinition | undefined): ActivationTree {
  const { AwsManagedHumanLoopRequestSource: given } = input;
  const own = flowDefinition?.config.HumanLoopRequestSource?.AwsManagedHumanLoopRequestSource;
  if (flowDefinition && given !== undefined && given !== own)
    throw invalid(`AwsManagedHumanLoopRequestSource is not that of the flow definition '${flowDefinition.name}'.`);
  const conditions = input.HumanLoopActivationConditions ?? (flowDefinition && conditionsOf(flowDefinition.config));
  if (conditions === undefined && flowDefinition)
    throw invalid(`The flow definition '${flowDefinition.name}' has no activation conditions. Give some.`);
  if (conditions === undefined) throw invalid('Give HumanLoopActivationConditions or FlowDefinitionName.');
  const { tree, violations } = readConditions(conditions, given ?? own);
  if (!tree) throw invalid(violations.join(' '));
  if (tree.subject === undefined)
    throw invalid(
      "Without a HumanLoopRequestSource, AWS's condition types are kept and never evaluated: every start opens a task.",
    );
  return tree;
}

const sha256 = (text: string): string => hash('sha256', text, 'hex');

function evaluateOne(tree: ActivationTree, content: string, wordRule: WordRule): Output {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw invalid('InputContent is not valid JSON.');
  }
  const evaluated = evaluateActivation(tree, {
    value: tree.subject === 'content' ? value : serviceResponseOf(value),
    hash: sha256,
    inputHash: () => sha256(content),
    wordRule,
  });
  return {
    Activation: {
      Activated: evaluated.activated,
      EvaluationResults: JSON.stringify(evaluated.results),
      Reasons: [...evaluated.reasons],
    },
    ...(tree.subject !== 'content' && { SelectedResponse: JSON.stringify(evaluated.selected) ?? 'null' }),
  };
}

async function evaluateLast(
  context: OperationContext,
  tree: ActivationTree,
  flowDefinition: FlowDefinition,
  last: number,
): Promise<NonNullable<Output['Inputs']>> {
  let counts = evaluatedCounts(tree);
  let [evaluated, activated, doubtful, characters, stepsTaken] = [0, 0, 0, 0, 0];
  let oldest: number | undefined;
  const names: string[] = [];
  const reasons = new Set<string>();
  for await (const loop of newestLoops(context, flowDefinition)) {
    if (evaluated >= last || characters > mostCharacters || stepsTaken > mostStepsOfAll) break;
    const content = (await context.store.humanLoopInput(loop.id))?.inputContent;
    if (content === undefined) continue;
    const steps = { left: mostSteps };
    const each = evaluateActivation(tree, {
      value: JSON.parse(content),
      hash: sha256,
      inputHash: () => sha256(content),
      steps,
    });
    evaluated++;
    characters += content.length;
    stepsTaken += mostSteps - steps.left;
    oldest = loop.createdAt;
    counts = countResults(counts, each.results);
    if (each.activated) activated++;
    if (each.activated && names.length < mostNames) names.push(loop.name);
    if (each.reasons.length > 0) doubtful++;
    for (const reason of each.reasons) if (reasons.size < mostReasons) reasons.add(reason);
  }
  return {
    EvaluatedInputs: evaluated,
    ActivatedInputs: activated,
    DoubtfulInputs: doubtful,
    EvaluationCounts: JSON.stringify(counts),
    ...(oldest !== undefined && { OldestCreationTime: new Date(oldest) }),
    ActivatedHumanLoopNames: names,
    Reasons: [...reasons],
  };
}

/** Zero for each node, for a flow without inputs. */
function evaluatedCounts(tree: ActivationTree): Readonly<Record<string, unknown>> {
  const none = evaluateActivation(tree, { value: null, hash: sha256, inputHash: () => '' });
  return JSON.parse(
    JSON.stringify(countResults({}, none.results), (name, value) => (name === 'EvaluationCount' ? 0 : value)),
  );
}

async function* newestLoops({ store }: OperationContext, { id }: FlowDefinition): AsyncGenerator<HumanLoop> {
  let after: { createdAt: number; id: string; name: string } | undefined;
  for (;;) {
    const page = await store.humanLoops(id, { order: 'Descending', after, limit: loopsOfPage });
    for (const loop of page) yield loop;
    const lastOfPage = page.at(-1);
    if (page.length < loopsOfPage || !lastOfPage) return;
    after = { createdAt: lastOfPage.createdAt, id: lastOfPage.id, name: lastOfPage.name };
    // Others are answered between two pages.
    await setImmediate();
  }
}
