/**
 * The input content of a loop that Textract or Rekognition start, as A2I hands it to templates and echoes it in the output
 * (A2I developer guide, "Output data"): members in lower camel case, what the conditions selected beside the whole response.
 */
import { isRecord, type ManagedSource } from '@holdpoint/protocol';

type JsonObject = Readonly<Record<string, unknown>>;

export interface ManagedCall {
  readonly source: ManagedSource;
  /** The request as the service has it, with `HumanLoopConfig`, and an object in the place of bytes. */
  readonly request: JsonObject;
  readonly response: JsonObject;
  /** The response with those labels or blocks only that people are shown. */
  readonly selected: unknown;
  /** `{ "Conditions": [...] }` with `EvaluationResult` at every node. */
  readonly conditionResults: unknown;
  /** The keys that the page should have and lacks, with their other spellings, as conditions name them. */
  readonly missingFormKeys: readonly JsonObject[];
}

export function managedInput(call: ManagedCall): JsonObject {
  const { source, request, response, selected, conditionResults, missingFormKeys } = call;
  const isForm = source === 'AWS/Textract/AnalyzeDocument/Forms/V1';
  return {
    aiServiceRequest: lowerCamel(request),
    aiServiceResponse: lowerCamel(response),
    // Where templates for forms look for the keys that have to be asked for.
    ...(isForm && { humanLoopContext: { importantFormKeys: missingFormKeys.map(lowerCamel) } }),
    humanTaskActivationConditionResults: conditionResults,
    selectedAiServiceResponse: lowerCamel(isForm ? withShownBlocks(selected) : withWholeLabels(selected)),
  };
}

/**
 * What templates read is there, also where the service left it out: a page that cannot be rendered would fail the loop, and what
 * cannot be judged is for people to see.
 */
function withWholeLabels(selected: unknown): unknown {
  if (!isRecord(selected)) return selected;
  const labels = Array.isArray(selected.ModerationLabels) ? selected.ModerationLabels.filter(isRecord) : [];
  return { ...selected, ModerationLabels: labels.map((label) => ({ Name: '', ParentName: '', ...label })) };
}

function withShownBlocks(selected: unknown): unknown {
  if (!isRecord(selected)) return selected;
  if (!Array.isArray(selected.Blocks)) return { ...selected, Blocks: [] };
  return { ...selected, Blocks: selected.Blocks.map(shownBlock) };
}

/** Recorded outputs have pairs with their outlines only, and words with nothing but their text. */
function shownBlock(block: unknown): unknown {
  if (!isRecord(block)) return block;
  if (block.BlockType === 'WORD') return { BlockType: 'WORD', Id: block.Id, Text: block.Text };
  const { Geometry, ...rest } = block;
  const polygon = isRecord(Geometry) ? Geometry.Polygon : undefined;
  return { ...rest, ...(polygon !== undefined && { Geometry: { Polygon: polygon } }) };
}

/** `S3Object` → `s3Object`, at every level. */
function lowerCamel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerCamel);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.charAt(0).toLowerCase() + name.slice(1), lowerCamel(member)]),
  );
}

/** Whether a loop was started by the same request: what a model answers may differ from call to call, ids always do. */
export function isOfRequest(inputContent: string, request: JsonObject): boolean {
  const { aiServiceRequest } = JSON.parse(inputContent) as { aiServiceRequest?: unknown };
  return canonical(aiServiceRequest) === canonical(lowerCamel(request));
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) =>
    isRecord(member) ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) : member,
  ) ?? '';
