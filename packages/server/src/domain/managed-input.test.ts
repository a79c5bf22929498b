import type { ManagedSource } from '@holdpoint/protocol';
import { describe, expect, it } from 'vitest';
import { isOfRequest, managedInput } from './managed-input.ts';

const forms = 'AWS/Textract/AnalyzeDocument/Forms/V1';
const request = { Document: { S3Object: { Bucket: 'b', Name: 'n' } }, FeatureTypes: ['FORMS'] };
const inputOf = (response: Readonly<Record<string, unknown>>, source: ManagedSource = forms) =>
  managedInput({
    source,
    request,
    response,
    selected: response,
    conditionResults: { Conditions: [] },
    missingFormKeys: [],
  });

describe('the input of managed loops', () => {
  it.each<readonly [string, unknown, unknown]>([
    [
      'boxes',
      { BlockType: 'LINE', Geometry: { BoundingBox: { Left: 1 }, Polygon: [] } },
      { geometry: { polygon: [] } },
    ],
    ['places without outlines', { BlockType: 'LINE', Geometry: { BoundingBox: { Left: 1 } } }, {}],
    ['places that are none', { BlockType: 'LINE', Geometry: 7 }, {}],
  ])('7.2 — leaves %s out of what is selected', (_what, block, expected) => {
    const { selectedAiServiceResponse } = inputOf({ Blocks: [block] });
    expect(selectedAiServiceResponse).toEqual({ blocks: [{ blockType: 'LINE', ...(expected as object) }] });
  });

  it('7.2 — keeps what is ticked, and blocks that are none', () => {
    const tick = { BlockType: 'SELECTION_ELEMENT', Id: 's', SelectionStatus: 'SELECTED', Confidence: 9 };
    expect(inputOf({ Blocks: [tick, 'x', null] }).selectedAiServiceResponse).toEqual({
      blocks: [{ blockType: 'SELECTION_ELEMENT', id: 's', selectionStatus: 'SELECTED', confidence: 9 }, 'x', null],
    });
  });

  it.each([{ Blocks: 'none' }, {}])(
    '7.2 — has a list of blocks for templates, although the service has none: %j',
    (response) => {
      expect(inputOf(response).selectedAiServiceResponse).toEqual({ blocks: [] });
    },
  );

  it.each<readonly [unknown, readonly unknown[]]>([
    [undefined, []],
    ['none', []],
    [[null, 7, { Name: 'Smoking', Confidence: 'high' }], [{ name: 'Smoking', parentName: '', confidence: 'high' }]],
    [[{ ParentName: 'Tobacco' }], [{ name: '', parentName: 'Tobacco' }]],
  ])(
    '7.2 — has labels as templates read them, whatever the service left out: %j',
    (ModerationLabels, moderationLabels) => {
      const moderation = 'AWS/Rekognition/DetectModerationLabels/Image/V3';
      const { selectedAiServiceResponse } = inputOf({ ModerationLabels }, moderation);
      expect(selectedAiServiceResponse).toEqual({ moderationLabels });
    },
  );

  it('7.2 — tells whether a loop is of a request, whatever the order of its members', () => {
    const input = JSON.stringify(inputOf({ Blocks: [] }));
    const turned = { FeatureTypes: ['FORMS'], Document: { S3Object: { Name: 'n', Bucket: 'b' } } };
    expect(isOfRequest(input, turned)).toBe(true);
    expect(isOfRequest(input, { ...turned, FeatureTypes: ['FORMS', 'TABLES'] })).toBe(false);
    expect(isOfRequest('{}', request)).toBe(false);
    expect(isOfRequest('[]', request)).toBe(false);
  });
});
