// A server and boto3, for the tests of one file.
import { afterAll, beforeAll } from 'vitest';
import { type Boto3, startBoto3 } from './boto3.ts';
import { startTestServer, type TestServer, type TestServerOptions } from './test-server.ts';

export interface Boto3Stage {
  readonly server: TestServer;
  readonly boto3: Boto3;
}

/** Sets up before all tests of the file; read its members inside tests only. */
export function useBoto3(options?: TestServerOptions): Boto3Stage {
  const stage = {} as { server: TestServer; boto3: Boto3 };
  beforeAll(async () => {
    stage.server = await startTestServer(options);
    stage.boto3 = startBoto3(stage.server.environment);
  });
  afterAll(async () => {
    await stage.boto3?.close();
    await stage.server?.close();
  });
  return stage;
}
