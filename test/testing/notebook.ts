// A server, its events, a signed-in reviewer and a program that was written for A2I: the stage of one acceptance case.
import { afterAll, beforeAll } from 'vitest';
import { type AiUpstream, startAiUpstream } from './ai-upstream.ts';
import { type HumanLoopEvents, receiveHumanLoopEvents } from './common-frame.ts';
import { setOwnCredentials } from './own-credentials.ts';
import { type Program, runProgram } from './program.ts';
import { type Reviewer, type SignInOptions, useChromium } from './reviewer.ts';
import { startTestServer, type TestServer } from './test-server.ts';

export interface Notebook {
  readonly server: TestServer;
  readonly events: HumanLoopEvents;
  /** Textract and Rekognition, where the notebook has them. */
  readonly upstream: AiUpstream;
  run(program: string): Program;
  signIn(options?: SignInOptions): Promise<Reviewer>;
}

const email = 'ada@example.com';

const operator = { accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'secret of the operator' };

/**
 * Sets up before all tests of the file; read its members inside tests only.
 *
 * @param hasAiServices whether the server stands in front of Textract and Rekognition
 */
export function useNotebook({ hasAiServices = false } = {}): Notebook {
  const chromium = useChromium();
  const stage = {} as { server: TestServer; events: HumanLoopEvents; upstream: AiUpstream };
  let giveBack = (): void => {};

  beforeAll(async () => {
    if (hasAiServices) {
      stage.upstream = await startAiUpstream(operator);
      giveBack = setOwnCredentials(operator);
    }
    const url = stage.upstream?.url;
    stage.server = await startTestServer({
      config: { allowPrivateTargets: true, ...(url && { textractEndpoint: url, rekognitionEndpoint: url }) },
    });
    stage.events = await receiveHumanLoopEvents(stage.server);
    await stage.server.hire(email);
  });
  afterAll(async () => {
    await stage.server?.close();
    await stage.events?.receiver.close();
    await stage.upstream?.close();
    giveBack();
  });
  return Object.assign(stage, {
    run: (program: string) => runProgram(program, stage.server.environment, stage.server.data),
    signIn: (options?: SignInOptions) => chromium.signIn(stage.server, email, options),
  });
}
