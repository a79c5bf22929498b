// A server, its events, a signed-in reviewer and a program that was written for A2I: the stage of one acceptance case.
import { afterAll, beforeAll } from 'vitest';
import { type HumanLoopEvents, receiveHumanLoopEvents } from './common-frame.ts';
import { type Program, runProgram } from './program.ts';
import { type Reviewer, type SignInOptions, useChromium } from './reviewer.ts';
import { startTestServer, type TestServer } from './test-server.ts';

export interface Notebook {
  readonly server: TestServer;
  readonly events: HumanLoopEvents;
  run(program: string): Program;
  signIn(options?: SignInOptions): Promise<Reviewer>;
}

const email = 'ada@example.com';

/** Sets up before all tests of the file; read its members inside tests only. */
export function useNotebook(): Notebook {
  const chromium = useChromium();
  const stage = {} as { server: TestServer; events: HumanLoopEvents };

  beforeAll(async () => {
    stage.server = await startTestServer({ config: { allowPrivateTargets: true } });
    stage.events = await receiveHumanLoopEvents(stage.server);
    await stage.server.hire(email);
  });
  afterAll(async () => {
    await stage.server?.close();
    await stage.events?.receiver.close();
  });
  return Object.assign(stage, {
    run: (program: string) => runProgram(program, stage.server.environment, stage.server.data),
    signIn: (options?: SignInOptions) => chromium.signIn(stage.server, email, options),
  });
}
