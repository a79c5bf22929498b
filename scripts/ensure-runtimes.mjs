// Fetches the other JavaScript runtimes on which the client is tested. Their npm packages bring the binary inside; as
// dependencies they would make everybody's installation half a gigabyte larger, so each is fetched when a test needs it.
import { join } from 'node:path';
import { fetchedNode } from './ensure-node.mjs';
import { fetchedBinary } from './fetch-binary.mjs';
import { root } from './root.mjs';

const platform = `${process.platform}-${process.arch}`;
const program = (name) => (process.platform === 'win32' ? `${name}.exe` : name);

/** Exact versions, one package per platform with the path of the binary in it, and what `--version` prints. */
const runtimes = {
  deno: {
    title: 'Deno',
    version: '2.9.6',
    printed: 'deno 2.9.6',
    path: program('deno'),
    packages: {
      'linux-x64': '@deno/linux-x64-glibc',
      'linux-arm64': '@deno/linux-arm64-glibc',
      'darwin-x64': '@deno/darwin-x64',
      'darwin-arm64': '@deno/darwin-arm64',
      'win32-x64': '@deno/win32-x64',
      'win32-arm64': '@deno/win32-arm64',
    },
  },
  bun: {
    title: 'Bun',
    version: '1.4.5',
    printed: '1.4.5',
    path: join('bin', program('bun')),
    packages: {
      'linux-x64': '@oven/bun-linux-x64',
      'linux-arm64': '@oven/bun-linux-aarch64',
      'darwin-x64': '@oven/bun-darwin-x64',
      'darwin-arm64': '@oven/bun-darwin-aarch64',
      'win32-x64': '@oven/bun-windows-x64',
      'win32-arm64': '@oven/bun-windows-aarch64',
    },
  },
  workerd: {
    title: 'workerd',
    version: '1.20261117.1',
    printed: 'workerd 2026-11-17',
    path: join('bin', program('workerd')),
    packages: {
      'linux-x64': '@cloudflare/workerd-linux-64',
      'linux-arm64': '@cloudflare/workerd-linux-arm64',
      'darwin-x64': '@cloudflare/workerd-darwin-64',
      'darwin-arm64': '@cloudflare/workerd-darwin-arm64',
      'win32-x64': '@cloudflare/workerd-windows-64',
    },
  },
};

/**
 * The path of a runtime's binary, fetched first when it is missing.
 * Throws an Error with one sentence where this platform has none or the registry is out of reach.
 *
 * @param {'node20' | 'node24' | 'deno' | 'bun' | 'workerd'} which
 */
export async function fetchedRuntime(which) {
  if (which === 'node20') return fetchedNode('oldestMajorOfClient');
  if (which === 'node24') return fetchedNode('main');
  const { title, version, printed, path, packages } = runtimes[which];
  const name = packages[platform];
  if (!name) throw new Error(`There is no npm package with ${title} for ${platform}.`);
  const binary = await fetchedBinary({
    title: `Fetching ${title} ${version}`,
    name,
    version,
    folder: join(root, '.node', which),
    path,
    isRight: (first) => first === printed || first.startsWith(`${printed} `),
  }).catch((error) => {
    error.message = `Fetching ${title} ${version} from the npm registry failed: ${error.message}.`;
    throw error;
  });
  if (!binary) throw new Error(`The fetched ${title} ${version} does not run on this machine.`);
  return binary;
}
