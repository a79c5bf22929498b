// A whole server whose PostgreSQL crashes while loops are started and answered: what was acknowledged is there, once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LoopStage, openLoopStage } from '../../cli/loop/testing/loop-stage.ts';
import { type PostgresServer, startPostgres } from '../../testing/postgres-server.ts';

let database: PostgresServer;
let stage: LoopStage;

beforeAll(async () => {
  database = await startPostgres({ isDurable: true });
  stage = await openLoopStage({ databaseUrl: await database.newDatabase() });
}, 60_000);
afterAll(async () => {
  await stage?.close();
  await database?.close();
}, 60_000);

const loops = 60;

test('every loop that was acknowledged is finished, and its output has its one answer', async () => {
  const FlowDefinitionArn = await stage.makeFlow('mood');
  const rules = await stage.write('rules.json', JSON.stringify([{ answer: { seen: '{{ input.text }}' }, seconds: 0 }]));
  const acknowledged: string[] = [];
  const starting = (async () => {
    for (let text = 1; text <= loops; text++) {
      const HumanLoopName = `mood-${text}`;
      const HumanLoopInput = { InputContent: JSON.stringify({ text }) };
      await stage.client.call('StartHumanLoop', { HumanLoopName, FlowDefinitionArn, HumanLoopInput });
      acknowledged.push(HumanLoopName);
    }
  })();
  const simulate = () =>
    stage.holdpoint('simulate', '--rules', rules, '--flow', 'mood', '--until-empty', '--workers', '3');
  const answering = simulate();
  for (const until of [15, 35]) {
    await expect.poll(() => acknowledged.length).toBeGreaterThan(until);
    await database.crash();
    await database.start();
  }
  await starting;
  await answering;
  expect(acknowledged).toHaveLength(loops);
  await expect
    .poll(
      async () => {
        const ran = await simulate();
        expect([ran.code, ran.stderr]).toEqual([0, expect.any(String)]);
        const { HumanLoopSummaries } = await stage.client.call('ListHumanLoops', {
          FlowDefinitionArn,
          MaxResults: 100,
        });
        return HumanLoopSummaries.map(
          ({ HumanLoopName, HumanLoopStatus }) => `${HumanLoopName} ${HumanLoopStatus}`,
        ).sort();
      },
      { timeout: 60_000 },
    )
    .toEqual(acknowledged.map((name) => `${name} Completed`).sort());
  for (const name of acknowledged) {
    const { stdout } = await stage.holdpoint('loop', 'answers', name, '--json');
    const answers = JSON.parse(stdout).humanAnswers.map(
      ({ answerContent }: { answerContent: unknown }) => answerContent,
    );
    expect([name, answers]).toEqual([name, [{ seen: Number(name.slice('mood-'.length)) }]]);
  }
}, 180_000);
