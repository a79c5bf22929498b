import { expect, test } from 'vitest';
import { createAnswerHistory } from './answer-history.ts';
import { consolidateAnswers } from './consolidate-answers.ts';

/** Two who look, and one who says "yes" to everything; the truth of each loop is its number's last bit. */
const historyOf = (loops: number) => {
  const history = createAnswerHistory();
  for (let loop = 0; loop < loops; loop++) {
    const truth = loop % 2 === 0 ? 'yes' : 'no';
    const slip = loop % 10 === 3 ? 'yes' : truth;
    history.add([
      { workerId: 'ada', content: { spam: { label: truth }, size: loop, note: `note ${loop} of Ada, at some length` } },
      {
        workerId: 'ben',
        content: { spam: { label: slip }, size: loop + 1, note: `note ${loop} of Ben, at some length` },
      },
      { workerId: 'lazy', content: { spam: { label: 'yes' }, size: loop } },
    ]);
  }
  return history.agreement();
};

test('7.4 who says the same to everything is found out, and his voice counts for what it is worth', () => {
  const { loops, answers, fields, workers } = historyOf(200);
  expect([loops, answers]).toEqual([200, 600]);
  expect(fields.map(({ name, kind, metric }) => [name, kind, metric])).toEqual([
    ['note', 'text', undefined],
    ['size', 'number', 'interval'],
    ['spam', 'classifier', 'nominal'],
  ]);
  const [note, size, spam] = fields;
  expect(note!.agreement).toBeGreaterThan(0.8);
  expect(size!.alpha).toBeGreaterThan(0.999);
  expect(spam!.pairs?.map(({ workers: pair, loops: shared }) => [...pair, shared])).toEqual([
    ['ada', 'ben', 200],
    ['ada', 'lazy', 200],
    ['ben', 'lazy', 200],
  ]);
  expect(spam!.pairs?.map(({ kappa }) => kappa?.toFixed(2))).toEqual(['0.80', '0.00', '0.00']);
  const accuracy = Object.fromEntries(workers.map(({ workerId, fields: own }) => [workerId, own.spam!.accuracy]));
  expect(accuracy.ada).toBeGreaterThan(0.9);
  expect(accuracy.ben).toBeGreaterThan(0.85);
  expect(accuracy.lazy).toBeLessThan(0.6);

  // Two who cannot tell outvote one who can, until they are known.
  const contents = [
    { workerId: 'ada', content: { spam: { label: 'no' } } },
    { workerId: 'lazy', content: { spam: { label: 'yes' } } },
    { workerId: 'new', content: { spam: { label: 'yes' } } },
  ];
  expect(consolidateAnswers(contents).answerContent).toEqual({ spam: { label: 'yes' } });
  const models = { spam: spam!.model! };
  const { spam: field } = consolidateAnswers(contents, { models }).fields;
  expect([field!.method, field!.value]).toEqual(['dawid-skene', { label: 'no' }]);
  expect(field!.confidence).toBeGreaterThan(0.5);
  expect(field!.workers).toEqual({ ada: 1, lazy: 0, new: 0 });
  // A label that the history never had is decided by vote.
  const other = contents.map((one) => ({ ...one, content: { spam: { label: 'maybe' } } }));
  expect(consolidateAnswers(other, { models }).fields.spam!.method).toBe('vote');
});

test('7.4 a history of single answers says nothing', () => {
  const history = createAnswerHistory();
  history.add([{ workerId: 'ada', content: { a: 1 } }]);
  history.add([
    { workerId: 'ada', content: [1] },
    { workerId: 'ben', content: {} },
  ]);
  expect(history.agreement()).toEqual({ loops: 0, answers: 0, fields: [], workers: [] });
});

test('7.4 free text has no labels, however often it comes', () => {
  const history = createAnswerHistory();
  for (let loop = 0; loop < 150; loop++)
    history.add(['ada', 'ben'].map((workerId) => ({ workerId, content: { code: `A ${loop}` } })));
  const [code] = history.agreement().fields;
  expect(code).toMatchObject({ kind: 'text', loops: 150, agreement: 1 });
  expect(code).not.toHaveProperty('alpha');
  expect(code).not.toHaveProperty('model');
});
