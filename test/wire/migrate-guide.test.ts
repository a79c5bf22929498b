// The commands of docs/migrate-from-a2i.md that write an account down, run as they are printed; a server in another account
// and region is the AWS of this test.
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../../packages/server/src/cli/program.ts';
import { createFlow, type Flow } from '../testing/human-loops.ts';
import { startTestServer, type TestServer, temporaryFolder } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const execute = promisify(execFile);
const guide = join(import.meta.dirname, '../../docs/migrate-from-a2i.md');

describeWith('aws CLI with sagemaker-a2i-runtime')('the dump of the guide', () => {
  let folder: string;
  let aws: TestServer;
  let here: TestServer;
  let flow: Flow;

  beforeAll(async () => {
    folder = await temporaryFolder();
    aws = await startTestServer({ config: { region: 'eu-central-1', accountId: '111122223333' } });
    here = await startTestServer({ config: { region: 'eu-central-1', accountId: '111122223333' } });
    flow = await createFlow(aws, 'invoices');
    await aws.client.call('AddTags', { ResourceArn: flow.arn, Tags: [{ Key: 'stage', Value: 'prod' }] });
  });
  afterAll(async () => {
    await aws?.close();
    await here?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is complete: what it holds is taken over under the same ARN', { timeout: 180_000 }, async () => {
    const [, commands = ''] = /<!-- tested: dump -->\s*```sh\n([\s\S]*?)```/.exec(await readFile(guide, 'utf8'))!;
    await execute('bash', ['-e', '-c', commands], { cwd: folder, env: aws.environment });
    const written = { output: '', errors: '' };
    const args = ['import-aws', '--data', here.data, '--from-directory', join(folder, 'dump'), '--yes'];
    const code = await run(args, {
      input: Readable.from([]),
      output: { write: (part) => (written.output += part) },
      errors: { write: (part) => (written.errors += part) },
      environment: {},
    });
    expect([code, written.errors]).toEqual([0, '']);
    expect(written.output).not.toMatch(/Could not be read|ARNs change|Tags are not in the dump|holds something else/);
    expect(written.output).toContain(flow.arn);
    const { Tags } = await here.client.call('ListTags', { ResourceArn: flow.arn });
    expect(Tags).toEqual([{ Key: 'stage', Value: 'prod' }]);
  });
});
