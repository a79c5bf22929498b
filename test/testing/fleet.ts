// Two nodes as docs/deploy.md has them, one by the lines of its unit, one by those of the Containerfile, behind its nginx with TLS;
// all the while one after the other is killed, or told to stop, and started again.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writeAwsFiles } from '../../packages/server/src/aws-files.ts';
import type { Config } from '../../packages/server/src/config.ts';
import type { Server } from '../../packages/server/src/main.ts';
import { tlsCertificate, tlsKey } from '../../packages/server/src/testing/tls.ts';
import { readCredentials } from './credentials.ts';
import { canRunSystemd, startMachine } from './systemd.ts';

const inRepository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const commandLine = [...process.execArgv, inRepository('packages/server/src/cli/main.ts')];
const nginx = '/usr/sbin/nginx';
/** Built as docs/deploy.md says. */
const image = process.env.HOLDPOINT_TEST_IMAGE;
/** Of the user that the image runs as. */
const imageUser = 1000;
const startMs = 60_000;

/** Milliseconds from one kill to the next. */
const betweenKills = 1000;
/** Milliseconds that a killed node stays away. */
const away = 500;
/** Of so many ends the last is an order to stop, as an upgrade gives it. */
const thenOneOrder = 3;

export interface Fleet extends Server {
  /** How often a node was killed, or told to stop. */
  ends(): number;
}

/** @param settings with a database and an object store that nodes can share */
export async function startFleet(
  folder: string,
  settings: Pick<Config, 'databaseUrl' | 'objectStore' | 'allowPrivateTargets'>,
): Promise<Fleet> {
  const [port, ...nodePorts] = (await Promise.all([freePort(), freePort(), freePort()])) as [number, number, number];
  const url = `https://localhost:${port}`;
  const errors: string[] = [];
  let ends = 0;
  const guide = await readGuide();

  const environment = {
    ...guide.nodes({
      HOLDPOINT_DATABASE_URL: settings.databaseUrl,
      HOLDPOINT_OBJECT_STORE: settings.objectStore,
      HOLDPOINT_HOST: '127.0.0.1',
      HOLDPOINT_PUBLIC_URL: url,
      HOLDPOINT_TRUSTED_PROXY: '127.0.0.1',
      AWS_ACCESS_KEY_ID: process.env.AWS_ACCESS_KEY_ID!,
      AWS_SECRET_ACCESS_KEY: process.env.AWS_SECRET_ACCESS_KEY!,
      AWS_REGION: 'us-east-1',
    }),
    HOLDPOINT_ALLOW_PRIVATE_TARGETS: String(settings.allowPrivateTargets ?? false),
    HOLDPOINT_LOG_LEVEL: 'error',
    HOLDPOINT_UNDO_SECONDS: '0',
  };
  const isUnderSystemd = canRunSystemd();
  process.stderr.write(
    isUnderSystemd
      ? 'One node is a service of systemd.\n'
      : 'systemd cannot be started here: one node is started by the lines of its unit.\n',
  );
  if (image) process.stderr.write(`One node is a container of the image ${image}.\n`);
  const places = nodePorts.map((each, index) => ({
    folder: join(folder, `node-${index}`),
    environment: { ...environment, HOLDPOINT_PORT: String(each) },
    errors,
    guide,
  }));
  const starts = await Promise.allSettled([
    isUnderSystemd ? startService(places[0]!) : startProcess({ ...places[0]!, ...guide.unit(places[0]!.folder) }),
    image ? startContainer(image, places[1]!) : startProcess({ ...places[1]!, ...guide.container(places[1]!.folder) }),
  ]);
  const nodes = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const failure = starts.find((start) => start.status === 'rejected');
  if (failure) {
    await Promise.all(nodes.map((node) => node.close()));
    throw failure.reason;
  }
  await Promise.all(nodePorts.map((each) => untilReady(`http://127.0.0.1:${each}/readyz`)));
  const proxy = await startProxy(folder, port, nodePorts);
  const credentials = readCredentials(await readFile(join(folder, 'node-1/aws/credentials'), 'utf8'));
  const region = 'us-east-1';
  const files = writeAwsFiles(folder, { ...credentials, region, endpointUrl: url, inFront: [] });

  let isOver = false;
  const killing = (async () => {
    for (let turn = 0; !isOver; turn++) {
      await pause(betweenKills);
      if (isOver) return;
      const index = turn % nodes.length;
      const isOrder = turn % thenOneOrder === thenOneOrder - 1;
      await nodes[index]!.endAndStart(isOrder);
      ends++;
      await untilReady(`http://127.0.0.1:${nodePorts[index]}/readyz`);
    }
  })();

  return {
    url,
    endpointUrl: url,
    port,
    region,
    accountId: '000000000000',
    files,
    ends: () => ends,
    async close() {
      isOver = true;
      await killing;
      await Promise.all(nodes.map((node) => node.close()));
      // At once: an order to end well waits a minute for connections that browsers made in advance.
      await end(proxy, 'SIGTERM');
      process.stderr.write(`Nodes were killed or stopped ${ends} times.\n`);
      if (errors.length > 0) throw new Error(`The nodes said:\n${errors.join('')}`);
    },
  };
}

interface Node {
  /** @param isOrder whether it is told to stop, as for an upgrade; else it is killed */
  endAndStart(isOrder: boolean): Promise<void>;
  close(): Promise<void>;
}

interface Place {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly errors: string[];
  readonly guide: Guide;
}

/** A node that is a child of this process. */
async function startProcess({ command, variables, ...place }: Place & Start): Promise<Node> {
  const { errors, guide } = place;
  const run = (): ChildProcess => {
    const env = { ...process.env, ...variables, ...place.environment };
    const started = spawn(process.execPath, [...commandLine, ...command], { stdio: ['ignore', 'ignore', 'pipe'], env });
    started.stderr!.on('data', (text: Buffer) => void errors.push(String(text)));
    return started;
  };
  let child = run();
  /** As a service manager does: killed when its time is over. */
  async function stop(): Promise<void> {
    const late = setTimeout(() => {
      errors.push(`A node did not stop within ${guide.stopSeconds} seconds.`);
      child.kill('SIGKILL');
    }, guide.stopSeconds * 1000);
    await end(child, 'SIGTERM');
    clearTimeout(late);
  }
  return {
    async endAndStart(isOrder) {
      await (isOrder ? stop() : end(child, 'SIGKILL'));
      await pause(away);
      child = run();
    },
    close: stop,
  };
}

/** A node that systemd runs by the unit of the guide, word for word, and starts again itself when it was killed. */
async function startService({ folder, environment, errors, guide }: Place): Promise<Node> {
  const repository = inRepository('.').replace(/\/$/, '');
  const words = commandLine.map((word) => word.replaceAll(repository, '/opt'));
  const machine = await startMachine({
    folder,
    user: 'holdpoint',
    service: 'holdpoint',
    unit: guide.unitText,
    environmentFile: guide.environmentFile,
    environment,
    scripts: { holdpoint: `exec node ${words.join(' ')} "$@"` },
    programs: { node: process.execPath },
    opt: repository,
  });
  return {
    endAndStart: (isOrder) =>
      isOrder
        ? machine.control('restart', 'holdpoint')
        : machine.control('kill', '--kill-who=main', '--signal=KILL', 'holdpoint'),
    async close() {
      await machine.control('stop', 'holdpoint');
      const text = await machine.errors();
      if (text !== '') errors.push(text);
      await machine.close();
    },
  };
}

/** A node that is a container, on this machine's network, where database and bucket are. */
async function startContainer(image: string, { folder, environment, errors, guide }: Place): Promise<Node> {
  const tool = ['podman', 'docker'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (tool === undefined) throw new Error('This machine has neither podman nor docker.');
  const call = async (...args: string[]): Promise<string> => {
    const child = spawn(tool, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [output, words, [status]] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      once(child, 'exit'),
    ]);
    if (status !== 0) throw new Error(`${tool} ${args[0]} failed: ${words}`);
    return output;
  };
  const name = `holdpoint-test-${process.pid}`;
  const settings = `${folder}.env`;
  await mkdir(folder, { recursive: true });
  await chown(folder, imageUser, imageUser);
  await writeFile(settings, lines(environment));
  // How it is looked at is not the node's: that needs a timer of systemd, where podman has none.
  const flags = ['--network', 'host', '--volume', `${folder}:/data`, '--env-file', settings, '--no-healthcheck'];
  await call('run', '--detach', '--name', name, ...flags, image);
  const stop = () => call('stop', '--time', String(guide.stopSeconds), name);
  return {
    async endAndStart(isOrder) {
      await (isOrder ? stop() : call('kill', '--signal', 'KILL', name));
      await pause(away);
      await call('start', name);
    },
    async close() {
      await stop();
      const status = (await call('inspect', '--format', '{{.State.ExitCode}}', name)).trim();
      if (status !== '0') errors.push(`The container ended with ${status}: ${await call('logs', name)}`);
      await call('rm', '--force', name);
    },
  };
}

const lines = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

interface Start {
  /** What follows the name of the program. */
  readonly command: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

interface Guide {
  readonly unitText: string;
  /** Where the unit looks for settings. */
  readonly environmentFile: string;
  /** As the unit of systemd starts a server on a data directory. */
  unit(data: string): Start;
  /** As the image does. */
  container(data: string): Start;
  /** The environment of several nodes, with other values. @throws Error when the names differ */
  nodes(values: Readonly<Record<string, string>>): Record<string, string>;
  /** After which the unit has a server killed that was told to stop. */
  readonly stopSeconds: number;
}

/** What docs/deploy.md and the Containerfile say, so that they cannot say anything else than what is tried here. */
async function readGuide(): Promise<Guide> {
  const [page, image] = await Promise.all(
    ['docs/deploy.md', 'Containerfile'].map((path) => readFile(inRepository(path), 'utf8')),
  );
  const find = (text: string | undefined, pattern: RegExp): string => {
    const found = pattern.exec(text ?? '')?.[1];
    if (found === undefined)
      throw new Error(`The deployment guide or the Containerfile has nothing like ${pattern} any more.`);
    return found;
  };
  const unit = find(page, /```ini\n(.*?)```/s);
  find(unit, /^(KillMode=mixed)$/m);
  const serve = find(unit, /^ExecStart=\/usr\/bin\/env holdpoint (.+)$/m).split(' ');
  const [entry] = JSON.parse(find(image, /^ENTRYPOINT (.+)$/m)) as string[];
  if (entry !== 'holdpoint') throw new Error(`The image starts ${entry}.`);
  const command = JSON.parse(find(image, /^CMD (\[.+)$/m)) as string[];
  const variables = pairs(find(image, /^ENV (.+)$/m).split(' '));
  const settings = pairs(find(page, /```sh\n(HOLDPOINT_DATABASE_URL=.*?)\n```/s).split('\n'));
  return {
    unitText: unit,
    environmentFile: find(unit, /^EnvironmentFile=-(.+)$/m),
    unit: (data) => ({ command: serve.map((word) => (word === '/var/lib/holdpoint' ? data : word)), variables: {} }),
    container: (data) => ({ command, variables: { ...variables, HOLDPOINT_DATA: data } }),
    nodes(values) {
      const missing = Object.keys(values).filter((name) => !(name in settings));
      const kept = Object.keys(settings).filter((name) => !(name in values));
      if (missing.length > 0 || kept.join() !== 'HOLDPOINT_STOP_DELAY_SECONDS')
        throw new Error(`The environment of several nodes is another: without ${missing.join()}, with ${kept.join()}.`);
      return { ...settings, ...values };
    },
    stopSeconds: Number(find(unit, /^TimeoutStopSec=(\d+)$/m)),
  };
}

const pairs = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));

/** The configuration of docs/deploy.md, with other addresses. */
async function startProxy(folder: string, port: number, nodePorts: readonly number[]): Promise<ChildProcess> {
  if (spawnSync(nginx, ['-v']).status !== 0) throw new Error('This machine has no nginx.');
  const page = await readFile(inRepository('docs/deploy.md'), 'utf8');
  let sites = /```nginx\n(.*?)```/s.exec(page)![1]!;
  const replace = (text: string, by: string): void => {
    if (!sites.includes(text)) throw new Error(`docs/deploy.md has no ${text} any more.`);
    sites = sites.replace(text, by);
  };
  replace('10.0.0.11:7800', `127.0.0.1:${nodePorts[0]}`);
  replace('10.0.0.12:7800', `127.0.0.1:${nodePorts[1]}`);
  replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`);
  replace('server_name review.example.com', 'server_name localhost');
  replace('/etc/nginx/review.example.com.pem', join(folder, 'chain.pem'));
  replace('/etc/nginx/review.example.com.key', join(folder, 'key.pem'));
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'chain.pem'), tlsCertificate);
  await writeFile(join(folder, 'key.pem'), tlsKey);
  const configuration = join(folder, 'nginx.conf');
  await writeFile(
    configuration,
    `daemon off; pid ${join(folder, 'nginx.pid')}; error_log ${join(folder, 'nginx.log')};
events {}
http { access_log off; ${places.join(' ')}
${sites}
}\n`,
  );
  const child = spawn(nginx, ['-e', join(folder, 'nginx.log'), '-c', configuration], { stdio: 'ignore' });
  await untilReady(`https://localhost:${port}/readyz`);
  return child;
}

async function untilReady(url: string): Promise<void> {
  const until = performance.now() + startMs;
  for (;;) {
    const status = await fetch(url).then(
      (response) => response.status,
      (error: Error) => String(error.cause),
    );
    if (status === 200) return;
    if (performance.now() > until) throw new Error(`${url} is not ready: ${status}`);
    await pause(100);
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
