// A whole day of a workteam, through HTTP at a real server whose clock the day moves on.
import { setTimeout as sleep } from 'node:timers/promises';
import { type HumanLoopEvent, workteamArn } from '@holdpoint/protocol';
import { createRandom } from '../crash/random.ts';
import { patientSettings } from '../testing/test-clock.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { receiveWebhooks } from '../testing/webhook-receiver.ts';
import { createAgenda } from './agenda.ts';
import { checkDay } from './check-day.ts';
import { createLedger } from './ledger.ts';
import { type PortalVisitor, visitPortal } from './portal-visitor.ts';
import { liveThroughDay } from './worker-day.ts';

const minute = 60_000;
const hour = 60 * minute;
const template = '<crowd-form><p>{{ task.input.text }}</p><label>Note <input name="note"></label></crowd-form>';

/** Flows in the shares of the loops that follow them. */
const flows = [
  { name: 'reviews', share: 0.6, answers: 1, timeLimitSeconds: 900, availabilitySeconds: 6 * 3600, undoSeconds: 5 },
  {
    name: 'second-opinions',
    share: 0.3,
    answers: 2,
    timeLimitSeconds: 600,
    availabilitySeconds: 6 * 3600,
    undoSeconds: 30,
  },
  { name: 'urgent', share: 0.1, answers: 1, timeLimitSeconds: 300, availabilitySeconds: 600, undoSeconds: 0 },
];

export interface DaySettings {
  readonly seed: number;
  readonly workers: number;
  readonly loops: number;
}

export interface DayResult {
  /** What does not add up, a sentence each. */
  readonly faults: readonly string[];
  readonly tally: ReadonlyMap<string, number>;
  readonly byStatus: ReadonlyMap<string, number>;
}

export async function playDay({ seed, workers, loops }: DaySettings): Promise<DayResult> {
  const random = createRandom(seed);
  const midnight = Math.floor(Date.now() / (24 * hour)) * 24 * hour;
  const agenda = createAgenda(midnight + 8 * hour);
  const ledger = createLedger();
  const config = { ...patientSettings, allowPrivateTargets: true };
  const server = await startTestServer({ clock: agenda.clock, config });
  const events = await receiveWebhooks<HumanLoopEvent>();
  try {
    await server.client.call('CreateEventTarget', { Url: events.url });
    const arns = await Promise.all(flows.map((flow) => createFlow(server, flow)));
    const flowOf = (draw: number) =>
      Math.max(
        0,
        flows.findIndex((_, index) => draw < flows.slice(0, index + 1).reduce((sum, { share }) => sum + share, 0)),
      );

    let started = 0;
    async function start(flow: number): Promise<string> {
      started += 1;
      const name = `loop-${started}`;
      ledger.loops.set(name, { name, answersNeeded: flows[flow]!.answers, isStopped: false, answers: new Map() });
      await server.client.call('StartHumanLoop', {
        HumanLoopName: name,
        FlowDefinitionArn: arns[flow]!,
        HumanLoopInput: { InputContent: JSON.stringify({ text: `This is ${name}.` }) },
      });
      return name;
    }
    async function stop(name: string): Promise<void> {
      try {
        await server.client.call('StopHumanLoop', { HumanLoopName: name });
        ledger.loops.get(name)!.isStopped = true;
        ledger.count('loops stopped');
      } catch (error) {
        // It has ended already.
        if ((error as Error).name !== 'ValidationException') throw error;
        ledger.count('loops that had ended before they were stopped');
      }
    }

    // Most arrive in the middle of the morning and of the afternoon.
    for (let index = 0; index < loops; index += 1) {
      const peak = random.chance(0.5) ? 10 : 14.5;
      const spread = (random.number() + random.number() + random.number() - 1.5) * 3;
      agenda.at(midnight + Math.max(8, Math.min(17, peak + spread)) * hour, async () => {
        const name = await start(flowOf(random.number()));
        if (random.chance(0.03)) agenda.after(random.integer(2 * hour), () => stop(name));
      });
    }
    const visitors = new Map<string, PortalVisitor>();
    for (let index = 0; index < workers; index += 1) {
      const email = `worker-${index}@example.com`;
      await server.hire(email);
      const visitor = await visitPortal(server.endpointUrl, email);
      visitors.set(email, visitor);
      const at = (clockHour: number, spread: number) => midnight + clockHour * hour + random.integer(spread * minute);
      const day = { breaks: [at(10, 30), at(12, 60), at(15, 45)], leavesAt: at(16, 120) };
      // Chances of their own, so that who was faster changes little in what the others do.
      const own = createRandom(seed + 1 + index);
      agenda.at(at(8, 90), liveThroughDay({ email, visitor, agenda, random: own, ledger, ...day }));
    }
    await agenda.run();
    await comeToRest();

    const secondsOfToday = Math.floor((agenda.clock.now() - midnight) / 1000);
    const { deliveries } = events;
    const end = { server, ledger, flowArns: arns, visitors, deliveries, secondsOfToday };
    return { ...(await checkDay(end)), tally: ledger.tally };

    /** What is left ends when its time is over. A loop that is started has the server look at the clock. */
    async function comeToRest(): Promise<void> {
      // All that was started by five is over six hours later.
      while (agenda.clock.now() < midnight + 23.5 * hour) {
        agenda.pass(20 * minute);
        await stop(await start(0));
        await sleep(20);
      }
      for (let waits = 0; waits < mostWaits; waits += 1) {
        const { EventTargets } = await server.client.call('ListEventTargets', {});
        const isTold = EventTargets.every(({ PendingDeliveries }) => PendingDeliveries === 0);
        const told = new Set(events.deliveries.map(({ event }) => event.detail.humanLoopName));
        if (isTold && told.size >= ledger.loops.size) return;
        await sleep(100);
        // What was put off waits for the clock.
        agenda.pass(1000);
      }
    }
  } finally {
    await server.close();
    await events.close();
  }
}

/** Tenths of a second after which what is missing is said to be missing. */
const mostWaits = 300;

async function createFlow({ client, ...server }: TestServer, flow: (typeof flows)[number]): Promise<string> {
  const { HumanTaskUiArn } = await client.call('CreateHumanTaskUi', {
    HumanTaskUiName: flow.name,
    UiTemplate: { Content: template },
  });
  const { FlowDefinitionArn } = await client.call('CreateFlowDefinition', {
    FlowDefinitionName: flow.name,
    HumanLoopConfig: {
      WorkteamArn: workteamArn(server, 'reviewers'),
      HumanTaskUiArn,
      TaskTitle: flow.name,
      TaskDescription: 'Read the text and write a note',
      TaskCount: flow.answers,
      TaskTimeLimitInSeconds: flow.timeLimitSeconds,
      TaskAvailabilityLifetimeInSeconds: flow.availabilitySeconds,
    },
    OutputConfig: { S3OutputPath: 's3://holdpoint/outputs' },
    RoleArn: 'arn:aws:iam::000000000000:role/any',
    Tags: [{ Key: 'holdpoint:undo-seconds', Value: String(flow.undoSeconds) }],
  });
  return FlowDefinitionArn;
}
