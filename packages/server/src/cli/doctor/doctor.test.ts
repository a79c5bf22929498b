import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@holdpoint/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { createLog } from '../../log.ts';
import { type Server, startServer } from '../../main.ts';
import { openCuttingProxy } from '../../testing/cutting-proxy.ts';
import { startPostgres } from '../../testing/postgres-server.ts';
import { answerWith, openReceiver } from '../../testing/receiver.ts';
import { runCommand } from '../../testing/run-command.ts';
import { tlsCertificate, tlsKey } from '../../testing/tls.ts';
import { rootCredentials } from '../connect.ts';
import { openObjects } from '../objects.ts';

let folder: string;
let data: string;
let ending: (() => unknown)[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-doctor-'));
  data = join(folder, 'data');
  ending = [];
});
afterEach(async () => {
  for (const end of ending.reverse()) await end();
  await rm(folder, { recursive: true });
});

interface Found {
  readonly Status: string;
  readonly Message: string;
  readonly Advice?: string;
}

/** The checks by their names, in order. */
async function doctor(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr, code } = await runCommand(['doctor', ...args, '--json'], { environment });
  const { Checks } = JSON.parse(stdout) as { Checks: (Found & { Name: string })[] };
  const found: Record<string, Found> = Object.fromEntries(Checks.map(({ Name, ...check }) => [Name, check]));
  for (const { Message, Advice } of Object.values(found))
    for (const text of [Message, Advice ?? 'None.']) expect(text).toMatch(/^\S.*[.?]$/);
  const failures = Checks.filter(({ Status }) => Status === 'Failed').length;
  expect(code).toBe(failures > 0 ? 2 : 0);
  expect(stderr).toBe(
    failures === 0 ? '' : `holdpoint: ${failures === 1 ? 'One check' : `${failures} checks`} failed.\n`,
  );
  return { found, names: Checks.map(({ Name }) => Name) };
}

async function start(settings: Record<string, unknown> = {}): Promise<Server> {
  const server = await startServer(readConfig({ data, port: 0, ...settings }, {}), { log: createLog('silent') });
  ending.push(() => server.close());
  return server;
}

async function listen(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ending.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

const serverChecks = ['Database', 'Bucket', 'Disk', 'Rights', 'Clock', 'Jobs', 'EventTargets', 'Renderer', 'PublicUrl'];

describe('on this machine', () => {
  it('finds nothing wrong before the first start, and makes nothing', async () => {
    const { found, names } = await doctor(['--data', data], { HOLDPOINT_PORT: '0' });
    expect(names).toEqual(['Node', 'DataDirectory', 'Port', 'Server', 'Disk']);
    expect(found.DataDirectory).toEqual({
      Status: 'Skipped',
      Message: `${data} is not there yet; the first start of a server makes it.`,
    });
    expect(found.Server).toEqual({ Status: 'Skipped', Message: `No server has been started on ${data} yet.` });
    const again = await doctor(['--data', data], { HOLDPOINT_PORT: '0' });
    expect(again.found.DataDirectory!.Status).toBe('Skipped');
  });

  it('asks the server that runs', async () => {
    const { url, port, endpointUrl } = await start();
    const { found, names } = await doctor(['--data', data]);
    expect(names.slice(0, 4)).toEqual(['Node', 'DataDirectory', 'Port', 'Server']);
    expect(names.slice(4, 13)).toEqual(serverChecks);
    expect(found.Port).toEqual({ Status: 'Ok', Message: `Port ${port} is served by this server.` });
    expect(found.Server!.Message).toMatch(/^Holdpoint \d+\.\d+\.\d+ answers at /);
    expect(found.Server!.Message).toContain(endpointUrl);
    expect(found.PublicUrl!.Message).toContain(url);
  });

  it('starts one for the checks when none runs', async () => {
    await (await start()).close();
    const { found, names } = await doctor(['--data', data], { HOLDPOINT_PORT: '0' });
    expect(found.Server!.Message).toBe(`No server runs on ${data}; one was started for these checks, and has ended.`);
    expect(names).toContain('Database');
  });

  it('goes on when that fails, and says why', async () => {
    await (await start()).close();
    await writeFile(join(data, 'holdpoint.db'), 'this is no database, but something else altogether');
    const { found } = await doctor(['--data', data], { HOLDPOINT_PORT: '0' });
    expect(found.Server!.Status).toBe('Failed');
    expect(found.DataDirectory!.Status).toBe('Ok');
    expect(found.Disk!.Status).toBe('Ok');
  });

  it('says whose the port is', async () => {
    const port = await listen(createServer((socket) => void socket.destroy()));
    const { found } = await doctor(['--data', data], { HOLDPOINT_PORT: String(port) });
    expect(found.Port!.Status).toBe('Failed');
    expect(found.Port!.Message).toMatch(
      new RegExp(`^Port ${port} is taken by (another program|.+ \\(process ${process.pid}\\))\\.$`),
    );
    const other = await startServer(readConfig({ data: join(folder, 'other'), port: 0 }, {}), {
      log: createLog('silent'),
    });
    ending.push(() => other.close());
    const second = await doctor(['--data', data], { HOLDPOINT_PORT: String(other.port) });
    expect(second.found.Port!.Message).toMatch(/is taken by another Holdpoint server( \(process \d+\))?\.$/);
  });

  it('says at once why a server cannot serve, here and from elsewhere', async () => {
    const postgres = await startPostgres();
    ending.push(() => postgres.close());
    const proxy = await openCuttingProxy(postgres.port);
    ending.push(() => proxy.close());
    const databaseUrl = new URL(await postgres.newDatabase());
    databaseUrl.port = String(proxy.port);
    const { endpointUrl, files } = await start({ databaseUrl: databaseUrl.href });
    ending.push(() => proxy.mend());
    proxy.part();
    await expect.poll(async () => (await fetch(`${endpointUrl}/readyz`)).status, { timeout: 30_000 }).toBe(503);
    const here = await doctor(['--data', data]);
    expect(here.found.Server).toMatchObject({
      Status: 'Failed',
      Message: expect.stringMatching(/ cannot serve now: .*database.*\.$/i),
    });
    expect(here.names).toContain('Disk');
    const environment = { AWS_SHARED_CREDENTIALS_FILE: files.credentialsFile, AWS_CONFIG_FILE: files.configFile };
    const there = await doctor(['--endpoint-url', endpointUrl], environment);
    expect(there.found.Server!.Message).toBe(here.found.Server!.Message);
    expect(there.found.Credentials!.Status).toBe('Skipped');
  }, 60_000);

  it('tells of variables that are no settings', async () => {
    const { found } = await doctor(['--data', data], { HOLDPOINT_PORT: '0', HOLDPOINT_DATABSE_URL: 'postgres://db/x' });
    expect(found.Settings).toMatchObject({
      Status: 'Warning',
      Message: expect.stringMatching(/HOLDPOINT_DATABSE_URL is no setting.*Did you mean HOLDPOINT_DATABASE_URL\?$/),
    });
  });

  it('warns of a data directory that others can look into', async () => {
    await mkdir(data);
    await chmod(data, 0o755);
    const { found } = await doctor(['--data', data], { HOLDPOINT_PORT: '0' });
    expect(found.DataDirectory).toEqual({
      Status: 'Warning',
      Message: `${data} can be read or changed by others than its owner (rights 755).`,
      Advice: `chmod 700 ${data} takes the rights away.`,
    });
  });

  it.each([
    ['a file where the folder should be', async () => writeFile(data, ''), 'DataDirectory', /is no folder\.$/],
    [
      'a setting that cannot be used',
      async () => mkdir(data).then(() => writeFile(join(data, 'config.json'), '{"port": "x"}')),
      'Settings',
      /must be a number/,
    ],
  ])('tells of %s', async (_, prepare, name, message) => {
    await prepare();
    const { found } = await doctor(['--data', data], name === 'Settings' ? {} : { HOLDPOINT_PORT: '0' });
    expect(found[name]).toMatchObject({ Status: 'Failed', Message: expect.stringMatching(message) });
    expect(found.Node!.Status).toBe('Ok');
  });

  it('tells of an address that this machine does not have', async () => {
    const environment = { HOLDPOINT_HOST: '192.0.2.1', HOLDPOINT_PORT: '4242' };
    const { found } = await doctor(['--data', data], environment);
    expect(found.Port).toMatchObject({ Status: 'Failed', Message: '192.0.2.1 is no address of this machine.' });
  });
});

describe('elsewhere', () => {
  const keys = ({ files }: Server) => ({
    AWS_SHARED_CREDENTIALS_FILE: files.credentialsFile,
    AWS_CONFIG_FILE: files.configFile,
  });
  const fakeKeys = { AWS_ACCESS_KEY_ID: 'AKIDNOBODY', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' };
  const way = ['Node', 'Settings', 'Connection', 'ClockDifference', 'Credentials', 'Objects'];

  it('takes every step to a server that the AWS settings name, and asks it', async () => {
    const server = await start();
    const { found, names } = await doctor([], keys(server));
    expect(names).toEqual([...way, ...names.slice(way.length)]);
    expect(names.slice(way.length, way.length + serverChecks.length)).toEqual(serverChecks);
    expect(found.Settings!.Message).toBe(`The server is ${server.endpointUrl}, its region us-east-1.`);
    expect(found.Objects!.Message).toBe(
      'An object could be written to the bucket holdpoint, read and deleted through S3.',
    );
    const { found: byName } = await doctor(['--endpoint-url', `http://localhost:${server.port}`], keys(server));
    expect(byName.Name!.Message).toMatch(/^localhost is .*(127\.0\.0\.1|::1)/);
  });

  it('leaves no object, and programs that hear of new objects in peace', async () => {
    const server = await start({ allowPrivateTargets: true });
    const { endpointUrl, region } = server;
    const credentials = rootCredentials(server.files.credentialsFile);
    const client = createClient({ endpointUrl, region, credentials, ignoreConfiguration: true });
    const receiver = await openReceiver(answerWith(204));
    ending.push(() => receiver.close());
    await client.call('CreateEventTarget', { Url: `http://127.0.0.1:${receiver.port}/`, Kind: 'object-created' });
    await doctor(['--endpoint-url', endpointUrl], keys(server));
    const objects = openObjects({ endpointUrl, region, credentials: client.credentials });
    await objects.write('s3://holdpoint/heard', 'x', 'text/plain');
    await expect
      .poll(() => receiver.received.map(({ body }) => JSON.parse(body).Records[0].s3.object.key))
      .toEqual(['heard']);
    const keysLeft = [];
    for await (const uri of objects.list('s3://holdpoint/')) keysLeft.push(uri);
    expect(keysLeft.filter((uri) => uri.includes('check'))).toEqual([]);
  });

  it.each([
    ['an unknown key', {}, /does not know this access key/],
    ['half a key', { AWS_SECRET_ACCESS_KEY: '' }, /Partial credentials/],
    ['no key', { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, /There are no credentials/],
  ])('tells of %s', async (_, environment, message) => {
    const { endpointUrl } = await start();
    const own = { AWS_EC2_METADATA_DISABLED: 'true', HOME: folder };
    const { found } = await doctor(['--endpoint-url', endpointUrl], { ...fakeKeys, ...own, ...environment });
    expect(found.Connection!.Status).toBe('Ok');
    expect(found.Credentials).toMatchObject({ Status: 'Failed', Message: expect.stringMatching(message) });
    expect(found.Objects!.Status).toBe('Skipped');
  });

  it('tells of a wrong secret', async () => {
    const server = await start();
    const { stdout } = await runCommand(['key', 'list', '--json', '--data', data]);
    const [{ AccessKeyId }] = JSON.parse(stdout).AccessKeys;
    const environment = { ...fakeKeys, AWS_ACCESS_KEY_ID: AccessKeyId };
    const { found } = await doctor(['--endpoint-url', server.endpointUrl], environment);
    expect(found.Credentials!.Message).toBe('The secret access key is not the one that belongs to the access key id.');
    expect(found.Credentials!.Advice).toMatch(/^Compare the secret access key/);
  });

  it.each([
    ['a profile that nobody has', ['--profile', 'nobody'], 'Settings', /profile \(nobody\) could not be found/],
    ['no region', ['--endpoint-url', 'http://127.0.0.1:1'], 'Settings', /No region is set/],
    ['a bad address', ['--endpoint-url', 'nonsense', '--region', 'x'], 'Settings', /Invalid endpoint: nonsense/],
    [
      'a name that nobody has',
      ['--endpoint-url', 'http://nobody.invalid', '--region', 'us-east-1'],
      'Name',
      /^nobody\.invalid has no address \(\w+\)\.$/,
    ],
    [
      'a port where nobody listens',
      ['--endpoint-url', 'http://127.0.0.1:1', '--region', 'us-east-1'],
      'Connection',
      /^127\.0\.0\.1 port 1 cannot be reached \(ECONNREFUSED\)\.$/,
    ],
  ])('tells of %s', async (_, args, name, message) => {
    const environment = { HOME: folder, AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };
    const { found, names } = await doctor(args, environment);
    expect(found[name]).toMatchObject({ Status: 'Failed', Message: expect.stringMatching(message) });
    expect(names.at(-1)).toBe(name === 'Settings' ? 'Settings' : 'Credentials');
  });

  it.each<[what: string, listener: RequestListener, name: string, status: string, message: RegExp]>([
    [
      'something else',
      (_, response) => response.writeHead(404).end('<html>other</html>'),
      'Answer',
      'Failed',
      /is no Holdpoint server \(status 404\)\.$/,
    ],
    ['a program that says nothing', (_, response) => response.destroy(), 'Answer', 'Failed', /gives no answer/],
    [
      'a clock that is ahead',
      withDate(2 * 60_000),
      'ClockDifference',
      'Warning',
      /^The clock of the server is 1\d\d s ahead of/,
    ],
    [
      'a clock that is far behind',
      withDate(-3_600_000),
      'ClockDifference',
      'Failed',
      /^The clock of the server is 3[56]\d\d s behind this machine's\. Signed/,
    ],
  ])('tells of %s', async (_, listener, name, status, message) => {
    const port = await listen(createHttpServer(listener));
    const { found } = await doctor(['--endpoint-url', `http://127.0.0.1:${port}`], {
      ...fakeKeys,
      AWS_MAX_ATTEMPTS: '1',
    });
    expect(found[name]).toMatchObject({ Status: status, Message: expect.stringMatching(message) });
    expect(found.Credentials!.Status).toBe('Failed');
  });

  it('looks at the certificate', async () => {
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    await Promise.all([writeFile(cert, tlsCertificate), writeFile(key, tlsKey)]);
    const server = await start({ tlsCert: cert, tlsKey: key });
    const address = ['--endpoint-url', `https://localhost:${server.port}`];
    const distrusted = await doctor(address, keys(server));
    expect(distrusted.found.Encryption).toMatchObject({
      Status: 'Failed',
      Message: expect.stringMatching(/^The certificate of localhost is not trusted \(.*self.signed.*\)\.$/i),
    });
    expect(distrusted.found.ClockDifference!.Status).toBe('Ok');
    expect(distrusted.found.Credentials).toEqual({ Status: 'Skipped', Message: 'The server was not reached.' });
    const trusted = await doctor(address, { ...keys(server), AWS_CA_BUNDLE: cert });
    expect(trusted.found.Encryption!.Message).toMatch(/is trusted, and valid until 2126-\d\d-\d\d\.$/);
    expect([trusted.found.Credentials!.Status, trusted.found.Objects!.Status]).toEqual(['Ok', 'Ok']);
  });
});

/** Answers as our server does, at another time. */
function withDate(difference: number): RequestListener {
  return (request, response) => {
    response.setHeader('date', new Date(Date.now() + difference).toUTCString());
    response.writeHead(request.url === '/healthz' ? 200 : 404).end('ok');
  };
}

it('is shown as a table, in colours where somebody looks', async () => {
  const environment = { HOLDPOINT_PORT: '0' };
  const { stdout, code } = await runCommand(['doctor', '--data', data], { environment });
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^✓ Node {12}Node \d+\.\d+\.\d+ .*\n– Data directory {2}\S+ is not there yet; .*\n✓ Port {12}The /,
  );
  await writeFile(data, '');
  const failed = await runCommand(['doctor', '--data', data], { environment, isTTY: true, columns: 60 });
  const lines = failed.stdout.split('\n');
  expect(lines.find((line) => line.includes('→'))).toMatch(/^ {18}→ Name a folder/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60 + 10);
});
