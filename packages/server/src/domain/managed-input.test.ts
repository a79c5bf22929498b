import { describe, expect, it } from 'vitest';
import { isOfRequest, managedInput } from './managed-input.ts';

const source = 'AWS/Textract/AnalyzeDocument/Forms/V1';
const request = { Document: { S3Object: { Bucket: 'b', Name: 'n' } }, FeatureTypes: ['FORMS'] };
const inputOf = (response: Readonly<Record<string, unknown>>) =>
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
    expect(inputOf({ Blocks: 'none' }).selectedAiServiceResponse).toEqual({ blocks: 'none' });
  });

  it('7.2 — tells whether a loop is of a request, whatever the order of its members', () => {
    const input = JSON.stringify(inputOf({ Blocks: [] }));
    const turned = { FeatureTypes: ['FORMS'], Document: { S3Object: { Name: 'n', Bucket: 'b' } } };
    expect(isOfRequest(input, turned)).toBe(true);
    expect(isOfRequest(input, { ...turned, FeatureTypes: ['FORMS', 'TABLES'] })).toBe(false);
    expect(isOfRequest('{}', request)).toBe(false);
    expect(isOfRequest('[]', request)).toBe(false);
  });
});
