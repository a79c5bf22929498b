import { type Json, stringifySorted } from '@holdpoint/protocol';
import { type FieldKind, type Given, inOrder, isRecord, type JsonRecord, type Merged, weightOf } from './field-kind.ts';
import { vote } from './vote.ts';

/** `{ label }` of the classifiers; a comment beside it is no part of the choice. */
export const classifier: FieldKind<string> = {
  kind: 'classifier',
  read: (value) =>
    isRecord(value) && typeof value.label === 'string' && hasOnly(value, ['label']) ? value.label : undefined,
  labelOf: short,
  similarity: same,
  merge(given) {
    const { winner, shares } = vote(ballotsOf(given));
    return { method: 'vote', merged: winner, value: { label: winner }, votes: Object.fromEntries(shares) };
  },
};

/** Anything else: the same JSON, whatever the order of members, is the same choice. */
export const anything: FieldKind<string> = {
  kind: 'json',
  read: (value) => stringifySorted(value),
  labelOf: short,
  similarity: same,
  merge(given) {
    const { winner, shares } = vote(ballotsOf(given));
    return { method: 'vote', merged: winner, value: JSON.parse(winner) as Json, votes: Object.fromEntries(shares) };
  },
};

/** `{ a: true, b: false }` of radio buttons, checkboxes and toggles. */
export const options: FieldKind<ReadonlyMap<string, boolean>> = {
  kind: 'options',
  read(value) {
    if (!isRecord(value)) return undefined;
    const entries = Object.entries(value);
    return entries.length > 0 && entries.every(([, on]) => typeof on === 'boolean')
      ? new Map(entries as [string, boolean][])
      : undefined;
  },
  labelOf: (value) => short(JSON.stringify(onesOf(value).sort(inOrder))),
  similarity(a, b) {
    const names = [...new Set([...a.keys(), ...b.keys()])];
    return names.filter((name) => (a.get(name) ?? false) === (b.get(name) ?? false)).length / names.length;
  },
  merge(given) {
    const names = [...new Set(given.flatMap(({ value }) => [...value.keys()]))].sort(inOrder);
    const isRadio = names.length > 1 && given.every(({ value }) => onesOf(value).length === 1);
    if (isRadio) {
      const { winner, shares } = vote(given.map(({ value, weight }) => ({ choice: onesOf(value)[0]!, weight })));
      return optionsOf('vote', new Map(names.map((name) => [name, name === winner])), Object.fromEntries(shares));
    }
    const { kept, shares } = votesOnEach(
      names,
      given.map(({ value, weight }) => ({ value: new Set(onesOf(value)), weight })),
    );
    return optionsOf('option-vote', new Map(names.map((name) => [name, kept.has(name)])), shares);
  },
};

/** `{ labels: [] }` of the classifiers that take several, and the arrays of moderation labels. */
export const labels: FieldKind<ReadonlyMap<string, Json>> = labelSet('labels', 'labels');
export const moderationLabels: FieldKind<ReadonlyMap<string, Json>> = labelSet(
  'moderation-labels',
  'moderationLabels',
  'ModerationLabels',
);

function labelSet(kind: string, ...members: [string, ...string[]]): FieldKind<ReadonlyMap<string, Json>> {
  return {
    kind,
    read(value) {
      if (!isRecord(value) || !hasOnly(value, members)) return undefined;
      const given = members.map((name) => value[name]).find(Array.isArray);
      const names = (given as Json[] | undefined)?.map(nameOfLabel);
      return names?.every((name) => name !== undefined)
        ? new Map(names.map((name, index) => [name, (given as Json[])[index]!]))
        : undefined;
    },
    labelOf: (value) => short(JSON.stringify([...value.keys()].sort(inOrder))),
    // The Jaccard index, with nothing and nothing the same.
    similarity(a, b) {
      const both = [...a.keys()].filter((name) => b.has(name)).length;
      const either = a.size + b.size - both;
      return either === 0 ? 1 : both / either;
    },
    merge(given) {
      const names = [...new Set(given.flatMap(({ value }) => [...value.keys()]))].sort(inOrder);
      const { kept, shares } = votesOnEach(
        names,
        given.map(({ value, weight }) => ({ value: new Set(value.keys()), weight })),
      );
      const merged = new Map(
        names.filter((name) => kept.has(name)).map((name) => [name, firstOf(given, name)] as const),
      );
      return { method: 'option-vote', merged, value: { [members[0]]: [...merged.values()] }, votes: shares };
    },
  };
}

/** As the first has it of those that are written the same way most often. */
const firstOf = (given: readonly Given<ReadonlyMap<string, Json>>[], name: string): Json =>
  JSON.parse(
    vote(
      given
        .filter(({ value }) => value.has(name))
        .map(({ value, weight }) => ({ choice: stringifySorted(value.get(name)), weight })),
    ).winner,
  ) as Json;

/** What the elements put beside a choice is none; any other member would be lost. */
const besides: readonly string[] = ['workerComment', 'initialValueModified'];

const hasOnly = (value: JsonRecord, members: readonly string[]): boolean =>
  Object.keys(value).every((name) => members.includes(name) || besides.includes(name));

function nameOfLabel(label: Json): string | undefined {
  if (typeof label === 'string') return label;
  const name = isRecord(label) ? (label.name ?? label.Name) : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** Each option by itself: it is taken when more than half of the weight is for it. */
function votesOnEach(
  names: readonly string[],
  given: readonly Given<ReadonlySet<string>>[],
): { readonly kept: ReadonlySet<string>; readonly shares: Record<string, number> } {
  const total = weightOf(given);
  const shares = names.map((name) => [name, weightOf(given.filter(({ value }) => value.has(name))) / total] as const);
  return {
    kept: new Set(shares.filter(([, share]) => share > 0.5).map(([name]) => name)),
    shares: Object.fromEntries(shares),
  };
}

function optionsOf(
  method: 'vote' | 'option-vote',
  merged: ReadonlyMap<string, boolean>,
  votes: Readonly<Record<string, number>>,
): Merged<ReadonlyMap<string, boolean>> {
  return { method, merged, value: Object.fromEntries(merged), votes };
}

const onesOf = (value: ReadonlyMap<string, boolean>): string[] =>
  [...value].filter(([, on]) => on).map(([name]) => name);

const ballotsOf = (given: readonly Given<string>[]) => given.map(({ value, weight }) => ({ choice: value, weight }));

/** Longer ones are no choices but something that was written. */
const longestChoice = 200;

function short(label: string): string | undefined {
  return label.length <= longestChoice ? label : undefined;
}

function same(a: string, b: string): number {
  return a === b ? 1 : 0;
}
