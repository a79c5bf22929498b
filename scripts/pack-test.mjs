// Packs the published packages, installs the tarballs in an empty folder as a user would, and serves from there.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureBuilt } from './build.mjs';
import { checkPackedClient } from './packed-client.mjs';
import { CommandFailed, npmCommand, reportError, runQuietly } from './progress.mjs';
import { root } from './root.mjs';

const packed = ['protocol', 'client', 'elements', 'server'];
const installScripts = ['preinstall', 'install', 'postinstall', 'prepare'];

/** Each path that a browser or a load balancer asks for first, with what the answer must be. */
const probes = [
  { path: '/healthz', type: /./ },
  { path: '/portal', type: /^text\/html/ },
  { path: '/assets/crowd-html-elements.js', type: /javascript/ },
  { path: '/assets/crowd-html-elements-v2.js', type: /javascript/ },
  { path: '/assets/css/crowd-html-elements-v2.css', type: /^text\/css/ },
  { path: '/assets/task-frame.js', type: /javascript/ },
  { path: '/assets/portal/app.js', type: /javascript/ },
  { path: '/assets/portal/first-paint.js', type: /javascript/ },
  { path: '/assets/portal/app.css', type: /^text\/css/ },
  { path: '/docs/', type: /^text\/html/ },
  { path: '/docs/quick-start', type: /^text\/html/ },
  { path: '/docs/examples/first-template', type: /^text\/html/ },
  { path: '/gallery/', type: /^text\/html/ },
  { path: '/assets/pictures/street.png', type: /^image\/png/ },
];

/** The folder is outside the repository, so that nothing resolves to our own node_modules by accident. */
async function packTest() {
  await ensureBuilt();
  const work = mkdtempSync(join(tmpdir(), 'holdpoint-pack-'));
  try {
    const tarballs = await pack(join(work, 'tarballs'));
    const home = join(work, 'home');
    mkdirSync(home);
    writeFileSync(join(home, 'package.json'), '{ "name": "empty", "private": true, "version": "1.0.0" }\n');
    await npm(home, 'install', '--ignore-scripts', '--no-audit', '--no-fund', ...tarballs);
    const version = checkManifests(home);
    await checkVersion(home, version);
    await checkNextCommand(home);
    await installAsTold(join(work, 'my-program'));
    await checkPackedClient(home);
    await serveAndProbe(home, join(work, 'data'));
    process.stdout.write(`Packed, installed and served holdpoint ${version}.\n`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function pack(destination) {
  mkdirSync(destination);
  const folders = packed.map((name) => join(root, 'packages', name));
  const output = await npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', destination, ...folders);
  const listing = JSON.parse(output);
  const packages = Array.isArray(listing) ? listing : Object.values(listing);
  if (packages.length !== packed.length)
    throw new Error(`npm pack made ${packages.length} tarballs instead of ${packed.length}.`);
  for (const { name, files } of packages) {
    const paths = files.map((file) => file.path);
    const stray = paths.filter((path) => /\.(test|cases)\.|(^|\/)(testing|src)\//.test(path));
    if (stray.length > 0)
      throw new Error(`The tarball of ${name} holds files that are no part of it: ${stray.join(', ')}`);
    if (!paths.includes('LICENSE')) throw new Error(`The tarball of ${name} has no LICENSE.`);
  }
  return packages.map(({ filename }) => join(destination, filename));
}

function checkManifests(home) {
  const manifests = ['holdpoint', '@holdpoint/protocol', '@holdpoint/client', '@holdpoint/elements'].map((name) =>
    JSON.parse(readFileSync(join(home, 'node_modules', name, 'package.json'), 'utf8')),
  );
  for (const { name, scripts = {} } of manifests) {
    const found = installScripts.filter((script) => scripts[script]);
    if (found.length > 0) throw new Error(`${name} has install scripts: ${found.join(', ')}.`);
  }
  const [version, ...others] = new Set(manifests.map((manifest) => manifest.version));
  if (others.length > 0) throw new Error(`The packages differ in version: ${[version, ...others].join(', ')}.`);
  return version;
}

async function checkVersion(home, version) {
  const printed = (await npm(home, 'exec', '--offline', '--', 'holdpoint', '--version')).trim().split('\n').at(-1);
  if (printed !== version) throw new Error(`holdpoint --version printed "${printed}" instead of "${version}".`);
}

/** What npx started tells people to type what they have to type. */
async function checkNextCommand(home) {
  const said = await npm(home, 'exec', '--offline', '--', 'holdpoint', 'help', 'nothing').catch(
    (error) => error.output,
  );
  if (!said.includes('"npx holdpoint help" lists'))
    throw new CommandFailed('A command that npx starts does not name npx.', said);
}

/** Follows the lines by which the README and the client's guide have the client installed from a checkout. */
async function installAsTold(program) {
  const lines = ['README.md', 'docs/client/index.md'].map(
    (file) => /^```sh\n(npm run build -- client\n.*?)^```/ms.exec(readFileSync(join(root, file), 'utf8'))?.[1],
  );
  if (!lines[0] || lines[0] !== lines[1])
    throw new Error('README.md and docs/client/index.md differ in how the client is installed.');
  if (process.platform === 'win32') return;
  mkdirSync(program);
  writeFileSync(join(program, 'package.json'), '{ "private": true, "type": "module" }\n');
  const told = lines[0].replaceAll('../my-program', `'${program}'`);
  await runQuietly('sh', ['-e', '-c', told], { cwd: root, env: outsideNpm() });
  const use =
    "import { Session } from '@holdpoint/client'; new Session({ region: 'us-east-1', ignoreConfiguration: true });";
  await runQuietly(process.execPath, ['--input-type=module', '--eval', use], { cwd: program });
}

/** `npx holdpoint serve`, started as the command that npx would start, so that it can be stopped by its own id. */
async function serveAndProbe(home, data) {
  const command = join(home, 'node_modules/.bin', process.platform === 'win32' ? 'holdpoint.cmd' : 'holdpoint');
  const port = await freePort();
  const shell = process.platform === 'win32';
  const server = spawn(command, ['serve', '--data', data, '--port', String(port)], {
    cwd: home,
    shell,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise((resolve) => server.once('close', resolve));
  server.once('error', (error) => (output += error.stack));
  try {
    await untilHealthy(`http://127.0.0.1:${port}/healthz`, server);
    for (const probe of probes) await checkAnswer(`http://127.0.0.1:${port}`, probe);
    await checkPageScripts(`http://127.0.0.1:${port}`);
  } catch (error) {
    throw new CommandFailed(error.message, output);
  } finally {
    server.kill('SIGTERM');
    const killer = setTimeout(() => server.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(killer);
  }
  if (server.signalCode === 'SIGKILL')
    throw new CommandFailed('The server did not stop within 10 s of SIGTERM.', output);
  if (existsSync(join(data, 'server.json')))
    throw new CommandFailed('The stopped server left its server.json behind.', output);
}

async function untilHealthy(url, server) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null) throw new Error('The server ended instead of serving.');
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error('The server did not become healthy within 30 s.');
    await delay(50);
  }
}

async function checkAnswer(base, { path, type }) {
  const answer = await fetch(base + path);
  const body = await answer.text();
  const found = answer.headers.get('content-type') ?? '';
  if (answer.status !== 200 || !type.test(found) || body.length === 0) {
    throw new Error(`GET ${path} answered ${answer.status}, ${found || 'no content type'}, ${body.length} characters.`);
  }
}

/** What the portal's page names must be there. */
async function checkPageScripts(base) {
  const page = await (await fetch(`${base}/portal`)).text();
  const named = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
  if (!named.some((path) => path.startsWith('/assets/portal/app.js')))
    throw new Error('The portal page does not load /assets/portal/app.js.');
  for (const path of named) await checkAnswer(base, { path, type: /./ });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function npm(cwd, ...args) {
  const { command, args: first, shell } = npmCommand();
  return runQuietly(command, [...first, ...args], { cwd, shell, env: outsideNpm() });
}

/** What an outer `npm run` put into the environment would point this npm back into the repository. */
function outsideNpm() {
  const kept = /^npm_config_(cache|registry|offline|prefer_offline|userconfig|globalconfig)$/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name) || kept.test(name)),
  );
}

try {
  await packTest();
} catch (error) {
  reportError(error);
  process.exitCode = 1;
}
