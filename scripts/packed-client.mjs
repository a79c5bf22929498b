// What a program finds that installs the client: types under both ways of resolving them, an import in each Node that we
// support, and a web build without anything of Node.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { fetchedNode } from './ensure-node.mjs';
import { runQuietly } from './progress.mjs';
import { root } from './root.mjs';

/** A program as its author would write it; the compiler has to know the types of everything in it. */
const program = `
import { createA2IRuntimeClient, type Output, ServiceError, Session } from '@holdpoint/client';

const session = new Session({ region: 'us-east-1', ignoreConfiguration: true });
const a2i = session.createClient('sagemaker-a2i-runtime');

export async function review(): Promise<Output> {
  for await (const team of session.createClient('sagemaker').getPaginator('listWorkteams').paginate().items())
    team.WorkteamName satisfies string;
  const described = await a2i.describeHumanLoop({ HumanLoopName: 'a' }).catch((error: unknown) => {
    throw error instanceof ServiceError ? new Error(error.code) : error;
  });
  described.CreationTime satisfies Date;
  // @ts-expect-error A required parameter is missing.
  await createA2IRuntimeClient().describeHumanLoop({});
  return a2i.waitForAnswer('a');
}
`;

const resolutions = [
  { module: 'node16', moduleResolution: 'node16' },
  { module: 'esnext', moduleResolution: 'bundler' },
];

/** Checks the installation in `home`. Throws an Error, or CommandFailed with what a tool printed. */
export async function checkPackedClient(home) {
  const folder = join(home, 'uses-client');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  writeFileSync(join(folder, 'program.ts'), program);
  writeFileSync(join(folder, 'page.js'), "export * from '@holdpoint/client';\n");
  for (const resolution of resolutions) await checkTypes(folder, resolution);
  for (const which of ['oldestMajorOfClient', 'main']) await checkImport(folder, await fetchedNode(which));
  await checkWebBuild(folder);
}

async function checkTypes(folder, resolution) {
  const own = { strict: true, noEmit: true, exactOptionalPropertyTypes: true, target: 'es2022', types: [] };
  const compilerOptions = { ...own, lib: ['es2022', 'dom'], ...resolution };
  const config = join(folder, `tsconfig.${resolution.moduleResolution}.json`);
  writeFileSync(config, JSON.stringify({ compilerOptions, files: ['program.ts'] }));
  await runQuietly(process.execPath, [join(root, 'node_modules/typescript/lib/tsc.js'), '-p', config], { cwd: folder });
}

async function checkImport(folder, node) {
  const program = `
    import { Session } from '@holdpoint/client';
    const session = new Session({ region: 'us-east-1', ignoreConfiguration: true });
    console.log(session.createClient('sagemaker-a2i-runtime').meta.endpointUrl);`;
  const printed = await runQuietly(node, ['--input-type=module', '--eval', program], { cwd: folder });
  if (printed.trim() !== 'https://a2i-runtime.sagemaker.us-east-1.amazonaws.com')
    throw new Error(`The packed client, imported by ${node}, printed "${printed.trim()}".`);
}

async function checkWebBuild(folder) {
  const outputs = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { write: false, lib: { entry: join(folder, 'page.js'), formats: ['es'], fileName: 'page' } },
  });
  const code = outputs.flatMap(({ output }) => output.map((chunk) => chunk.code ?? '')).join('\n');
  const found = /node:[a-z/_]+|getBuiltinModule/.exec(code)?.[0];
  if (found) throw new Error(`The packed client, built for a page, asks for ${found}.`);
}
