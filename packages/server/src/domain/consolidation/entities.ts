import type { Json } from '@holdpoint/protocol';
import { type FieldKind, isNumber, isRecord } from './field-kind.ts';
import { likenessOfMarks, type MarkRules, mergeMarks, mostMarks } from './match-marks.ts';
import { weightedMedian } from './numbers.ts';
import { vote } from './vote.ts';

interface Entity {
  readonly endOffset: number;
  readonly label: string;
  readonly startOffset: number;
}

const rules: MarkRules<Entity> = {
  label: ({ label }) => label,
  key: ({ startOffset, endOffset, label }) =>
    `${String(startOffset).padStart(12, '0')} ${String(endOffset).padStart(12, '0')} ${label}`,
  likeness(a, b) {
    const both = Math.min(a.endOffset, b.endOffset) - Math.max(a.startOffset, b.startOffset);
    const either = Math.max(a.endOffset, b.endOffset) - Math.min(a.startOffset, b.startOffset);
    return either === 0 ? 1 : Math.max(0, both) / either;
  },
  merge(marks) {
    const { shares } = vote(
      marks.map(({ value, weight }) => ({ choice: `${value.startOffset} ${value.endOffset}`, weight })),
    );
    const most = Math.max(...shares.values());
    const [start, end] = (['startOffset', 'endOffset'] as const).map((edge) =>
      weightedMedian(marks.map(({ value, weight }) => ({ value: value[edge], weight }))),
    ) as [number, number];
    const candidates = [...shares]
      .filter(([, share]) => share === most)
      .map(([span]) => span.split(' ').map(Number) as [number, number]);
    const away = ([from, to]: readonly [number, number]): number => Math.abs(from - start) + Math.abs(to - end);
    const [startOffset, endOffset] = candidates.sort((a, b) => away(a) - away(b) || a[0] - b[0] || a[1] - b[1])[0]!;
    return { endOffset, label: marks[0]!.value.label, startOffset };
  },
};

/**
 * `{ entities: [] }`: spans with the same label that overlap by half at least are one entity; it is kept when more than half of the
 * weight has it, with the edges that most gave, and of equally many those nearest to the medians (span voting as for crowds in
 * Rodrigues, Pereira & Ribeiro, Sequence Labeling with Multiple Annotators, Machine Learning 95, 2014, whose baseline it is).
 */
export const entities: FieldKind<readonly Entity[]> = {
  kind: 'entities',
  read(value) {
    if (!isRecord(value) || !Array.isArray(value.entities) || value.entities.length > mostMarks) return undefined;
    const list = (value.entities as Json[]).map(readEntity);
    return list.every((entity) => entity !== undefined) ? list : undefined;
  },
  similarity: (a, b) => likenessOfMarks(a, b, rules),
  merge(given) {
    const merged = mergeMarks(given, rules);
    return { method: 'span-vote', merged, value: { entities: merged.map((entity) => ({ ...entity })) } };
  },
};

function readEntity(value: Json): Entity | undefined {
  if (!isRecord(value)) return undefined;
  const { label, startOffset, endOffset } = value;
  return typeof label === 'string' && isNumber(startOffset) && isNumber(endOffset) && startOffset <= endOffset
    ? { endOffset, label, startOffset }
    : undefined;
}
