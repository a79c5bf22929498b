// What happened before the pictures: nine days of answered loops, so that lists, timelines and charts show what they are
// for. Nothing is left to chance: the same loops at the same minutes each time.
import { accept, minutes, now, people, type Stage } from './stage.ts';

/** Something that somebody did so many minutes before the pictures. */
export interface Event {
  readonly agoMinutes: number;
  run(): Promise<unknown>;
}

/** A turn of a reviewer. */
interface Visit {
  readonly by: string;
  /** From the start of the loop to accepting its task, and from there to the answer, in minutes. */
  readonly after: number;
  readonly lasts: number;
  readonly answer: unknown;
}

/** Of the flow that checks invoices: whoever read them is this sure, and nobody is asked. */
export const sureEnough = 0.8;

const day = 24 * 60;
/** Minutes between the pictures and the midnight before them. */
const sinceMidnight = (now % (day * minutes)) / minutes;
/** A number from 0 to `size` − 1 that looks like chance. */
const pick = (seed: number, size: number): number => (Math.imul(seed + 1, 2654435761) >>> 8) % size;

const messages = [
  ['The parcel came a day early. Thank you!', 'Positive'],
  ['I was charged twice and nobody answers.', 'Negative'],
  ['My order number is 4711.', 'Neutral'],
  ['Lovely colour, but the zip broke in a week.', 'Mixed'],
  ['Where can I change my address?', 'Neutral'],
] as const;
const suppliers = ['Northwind Paper', 'Blue Harbour Logistics', 'Corner Bakery', 'Lindgren Tools'];
const reviews = [
  'The soup was cold and the waiter was not.',
  'Five stars, as the shop asked for.',
  'Do not buy from these thieves.',
];
const reviewers = [people.ada, people.grace, people.omar];

/** A picture in which the model has found one of the four things that are there. */
export const street = {
  image: 's3://holdpoint/samples/street.png',
  found: [{ label: 'Vehicle', left: 108, top: 466, width: 260, height: 106 }],
};
const box = (label: string, left: number, top: number, width: number, height: number) => ({
  label,
  left,
  top,
  width,
  height,
});
const drawn = (...boundingBoxes: object[]) => ({
  street: { boundingBoxes, inputImageProperties: { width: 960, height: 640 } },
});
/** A loop about it, on which two people differ, so that somebody of the leads has to decide. */
export const disputed = 'street-objects-2001';
const dispute: Visit[] = [
  {
    by: people.ada,
    after: 4,
    lasts: 3,
    answer: drawn(
      box('Vehicle', 108, 466, 260, 106),
      box('Vehicle', 558, 484, 334, 140),
      box('Person', 476, 304, 80, 156),
      box('Animal', 412, 412, 64, 46),
    ),
  },
  {
    by: people.omar,
    after: 9,
    lasts: 4,
    answer: drawn(
      box('Vehicle', 108, 466, 260, 106),
      box('Vehicle', 540, 470, 370, 160),
      box('Person', 410, 300, 150, 162),
    ),
  },
];

/** The loops of one quarter of an hour of a working day; `n` counts them all. */
function loopOf(n: number): { flow: string; input: object; visits: Visit[] } {
  const by = (turn: number): string => reviewers[(pick(n, 3) + turn) % 3]!;
  const after = 1 + pick(n, 16);
  const kind = n % 4;
  if (kind === 0) {
    const [taskObject, label] = messages[pick(n, messages.length)]!;
    const answer = { sentiment: { label } };
    return {
      flow: 'customer-sentiment',
      input: { taskObject, initialValue: pick(n, 5) === 0 ? 'Neutral' : label },
      visits: [{ by: by(0), after, lasts: 0.4 + pick(n, 9) / 10, answer }],
    };
  }
  if (kind === 1) {
    const answer = { findings: { labels: ['Total is readable', 'Merchant is readable', 'Tax is listed'] } };
    return {
      flow: 'receipt-check',
      input: { image: 's3://holdpoint/samples/receipt.svg' },
      visits: [{ by: by(0), after: 2 * after, lasts: 0.8 + pick(n, 20) / 10, answer }],
    };
  }
  if (kind === 2) {
    const value = `${200 + pick(n, 900)}.50`;
    const confidence = (40 + pick(n, 60)) / 100;
    const fields = [
      { name: 'Invoice number', value: `INV-${1000 + n}`, confidence: 0.98 },
      { name: 'Total', value, confidence },
    ];
    const answer = { 'Invoice number': `INV-${1000 + n}`, Total: value, decision: 'pay', checked: { amounts: true } };
    return {
      flow: 'invoice-check',
      input: { supplier: suppliers[pick(n, suppliers.length)], fields },
      visits: confidence < sureEnough ? [{ by: by(0), after: 3 * after, lasts: 2 + pick(n, 40) / 10, answer }] : [],
    };
  }
  const verdict = (turn: number) => (pick(n * 3 + turn, 6) === 0 ? 'keep' : 'remove');
  const judged = (turn: number) => ({
    verdict: { keep: verdict(turn) === 'keep', remove: verdict(turn) === 'remove' },
    sure: 5 + pick(n + turn, 6),
    reason: verdict(turn) === 'keep' ? 'It says what happened.' : 'It attacks people.',
  });
  return {
    flow: 'review-fairness',
    input: { review: reviews[pick(n, reviews.length)] },
    visits: [0, 1, 2].map((turn) => ({
      by: by(turn),
      after: after + 12 * turn,
      lasts: 1 + pick(n + turn, 30) / 10,
      answer: judged(turn),
    })),
  };
}

/** When loops of earlier days are started, in minutes before the pictures: from eight to five, some quarters of an hour none. */
function* starts(): Generator<number> {
  for (let daysAgo = 9; daysAgo >= 0; daysAgo -= 1) {
    // Fewer at the weekend.
    const isWeekend = [0, 6].includes(new Date(now - daysAgo * day * minutes).getUTCDay());
    for (let minute = 8 * 60; minute < 17 * 60; minute += 15) {
      const ago = daysAgo * day + sinceMidnight - minute;
      if (ago < 75 || pick(Math.round(ago), isWeekend ? 9 : 5) > (isWeekend ? 0 : 3)) continue;
      yield ago;
    }
  }
}

const nameOf = (flow: string, n: number): string => `${flow}-${1000 + n}`;

/** The last loop that three people have judged. */
export function lastJudgedByThree(): string {
  const n = [...starts()].map((_, index) => index).findLast((index) => loopOf(index).visits.length === 3)!;
  return nameOf(loopOf(n).flow, n);
}

/** All of it, in no order. */
export function history(stage: Stage): Event[] {
  const loops = [...starts()].map((ago, n) => ({ ...loopOf(n), ago, name: nameOf(loopOf(n).flow, n) }));
  const all = [...loops, { flow: 'street-objects', name: disputed, input: street, ago: 41, visits: dispute }];
  return all.flatMap(({ flow, name, input, ago, visits }) => {
    return [
      { agoMinutes: ago, run: () => stage.start(flow, input, ago, { name, isAsked: visits.length > 0 }) },
      ...visits.flatMap(({ by, after, lasts, answer }) => {
        let assignment = '';
        const accepted = ago - after;
        const submitted = accepted - lasts;
        return [
          {
            agoMinutes: accepted,
            run: async () => {
              stage.at(accepted);
              assignment = await accept(stage, by, name);
            },
          },
          {
            agoMinutes: submitted,
            run: () => {
              stage.at(submitted);
              return stage.portal(by, `assignments/${assignment}/submit`, { answerContent: answer });
            },
          },
        ];
      }),
    ];
  });
}
