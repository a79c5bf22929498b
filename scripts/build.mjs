// Builds what is outdated: protocol, client and server by tsc, elements and portal by vite into the server's assets, the
// documentation by VitePress and the gallery of elements beside them.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandFailed, runQuietly, step } from './progress.mjs';
import { root } from './root.mjs';

const cache = join(root, '.cache');
const assets = 'packages/server/dist/assets';
const builtDocs = 'packages/server/dist/docs';
const builtGallery = 'packages/server/dist/gallery';

/**
 * Every part in the order of building. `folder` is the part's own one where it is no package of that name. `needs` are
 * parts whose change makes this one outdated, `outputs` what must exist afterwards, `extra` inputs outside the part's own
 * folder.
 */
const parts = [
  {
    name: 'protocol',
    needs: [],
    extra: ['tsconfig.base.json'],
    outputs: ['packages/protocol/dist/index.js', 'packages/protocol/dist/node.js'],
    build: compileAndJoin,
  },
  {
    name: 'client',
    needs: ['protocol'],
    extra: ['tsconfig.base.json'],
    outputs: ['packages/client/dist/index.js', 'packages/client/dist/node.js'],
    build: compileAndJoin,
  },
  {
    name: 'elements',
    needs: [],
    extra: [],
    outputs: [
      `${assets}/crowd-html-elements.js`,
      `${assets}/crowd-html-elements-v2.js`,
      `${assets}/css/crowd-html-elements-v2.css`,
    ],
    build: bundleElements,
  },
  {
    name: 'portal',
    needs: ['protocol'],
    // What the template editor completes, and the templates to begin with.
    extra: ['packages/elements/custom-elements.json', 'docs/templates/examples'],
    outputs: [
      `${assets}/portal/app.js`,
      `${assets}/portal/app.css`,
      `${assets}/portal/sw.js`,
      `${assets}/task-frame.js`,
    ],
    build: (name) => bundle(name, ['production', 'task-frame', 'service-worker']),
  },
  {
    name: 'server',
    needs: ['protocol', 'client'],
    extra: ['tsconfig.base.json'],
    outputs: ['packages/server/dist/cli/main.js'],
    build: compileServer,
  },
  {
    name: 'gallery',
    folder: 'packages/elements/gallery',
    // The examples are those of the documentation, rendered by the product's own renderer.
    needs: ['protocol'],
    extra: [
      'packages/elements/custom-elements.json',
      'docs/templates/examples',
      'docs/.vitepress/examples.ts',
      'packages/server/src/templates',
      'scripts/build-gallery.ts',
    ],
    outputs: [`${builtGallery}/index.html`, `${assets}/pictures/street.png`],
    build: buildGallery,
  },
  {
    name: 'docs',
    folder: 'docs',
    // Live examples are rendered by the product's own renderer, which signs links by the protocol; programs are shown. They
    // show the gallery's pictures.
    needs: ['protocol', 'gallery'],
    extra: ['packages/server/src/templates', 'packages/portal/public', 'examples'],
    outputs: [`${builtDocs}/index.html`, `${builtDocs}/404.html`],
    build: buildDocs,
  },
];

/** What a running server needs. The documentation takes longer than all of it, and can follow. */
export const serverParts = ['elements', 'portal', 'server', 'gallery'];

/**
 * Builds the named parts and what they need, or all, as far as they are outdated.
 * Two builds at the same time wait for each other. Throws CommandFailed with the compiler's output.
 */
export async function ensureBuilt(names = parts.map((part) => part.name)) {
  const unknown = names.find((name) => !parts.some((part) => part.name === name));
  if (unknown)
    throw new Error(`There is no part "${unknown}" to build. There are: ${parts.map((part) => part.name).join(', ')}.`);
  const wanted = withNeeds(names);
  if (fingerprints(wanted).every(isCurrent)) return;
  const unlock = await lock();
  try {
    for (const [part, print] of fingerprints(wanted)) {
      if (isCurrent([part, print])) continue;
      await step(`Building ${part.name}`, () => buildPart(part));
      saveStamp(part.name, print);
    }
  } finally {
    unlock();
  }
}

function withNeeds(names) {
  const wanted = new Set();
  const add = (name) => {
    for (const need of parts.find((part) => part.name === name).needs) add(need);
    wanted.add(name);
  };
  for (const name of names) add(name);
  return parts.filter((part) => wanted.has(part.name));
}

async function buildPart(part) {
  const source = part.folder ?? join('packages', part.name, 'src');
  if (!existsSync(join(root, source))) throw new Error(`${source} is missing.`);
  await part.build(part.name);
  const missing = part.outputs.filter((file) => !existsSync(join(root, file)));
  if (missing.length > 0) throw new Error(`The build of ${part.name} did not make ${missing.join(', ')}.`);
  if (!part.folder) copyFileSync(join(root, 'LICENSE'), join(root, 'packages', part.name, 'LICENSE'));
}

// --- What is outdated

function isCurrent([part, print]) {
  return readStamps()[part.name] === print && part.outputs.every((file) => existsSync(join(root, file)));
}

/** What is not made from, or belongs to another part. */
const notOwn = new Set(['dist', 'node_modules', 'LICENSE', 'README.md', 'gallery', 'custom-elements.json']);

/** Each part, after those that it needs, with a hash over the contents of everything that it is made from; tests are no part of it. */
function fingerprints(wanted) {
  const prints = new Map();
  for (const part of wanted) {
    const hash = createHash('sha256');
    for (const need of part.needs) hash.update(prints.get(need));
    const own = part.folder ?? join('packages', part.name);
    for (const name of existsSync(join(root, own)) ? readdirSync(join(root, own)).sort() : []) {
      if (!notOwn.has(name)) addToHash(hash, join(own, name));
    }
    for (const file of [...part.extra, 'package-lock.json', 'scripts/build.mjs']) addToHash(hash, file);
    prints.set(part.name, hash.digest('hex'));
  }
  return wanted.map((part) => [part, prints.get(part.name)]);
}

function addToHash(hash, path) {
  const absolute = join(root, path);
  if (!statSync(absolute).isDirectory()) {
    hash.update(`${path}\0`).update(readFileSync(absolute)).update('\0');
    return;
  }
  for (const name of readdirSync(absolute).sort()) {
    if (!isNoSource(name)) addToHash(hash, join(path, name));
  }
}

/** Tests, and what a build of the documentation that was killed leaves behind. */
function isNoSource(name) {
  return name === 'testing' || name === '.temp' || /\.(test|cases)\.ts$/.test(name);
}

function readStamps() {
  const file = join(cache, 'build.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

function saveStamp(name, print) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'build.json'), `${JSON.stringify({ ...readStamps(), [name]: print }, null, 2)}\n`);
}

/** A folder as lock: making it is atomic. One whose process has died is taken over. */
async function lock() {
  const folder = join(cache, 'build.lock');
  mkdirSync(cache, { recursive: true });
  for (;;) {
    try {
      mkdirSync(folder);
      writeFileSync(join(folder, 'pid'), String(process.pid));
      return () => rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
    else await delay(100);
  }
}

function isAbandoned(folder) {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    if (error.code === 'ESRCH') return true;
    if (error.code !== 'ENOENT') return false;
  }
  // Made a moment ago by a process that has not written its id yet, or by one that was killed before it could.
  return existsSync(folder) && Date.now() - statSync(folder).mtimeMs > 2000;
}

// --- How a part is built

async function compile(name) {
  const folder = join(root, 'packages', name);
  const tsc = join(root, 'node_modules/typescript/lib/tsc.js');
  const output = await runQuietly(process.execPath, [tsc, '-p', folder, '--listEmittedFiles'], {
    cwd: root,
  }).catch((error) => {
    // What is wrong is not to drown among the names of all files.
    if (error instanceof CommandFailed) error.output = error.output.replaceAll(/^TSFILE: .*\n?/gm, '');
    throw error;
  });
  const emitted = [...output.matchAll(/^TSFILE: (.*)$/gm)].map((match) => join(match[1].trim()));
  removeOthers(join(folder, 'dist'), new Set(emitted));
  const misnamed = emitted.find(
    (file) => file.endsWith('.js') && /new URL\(\s*['"][^'"]*\.ts['"]/.test(readFileSync(file, 'utf8')),
  );
  if (misnamed) {
    throw new Error(`${relative(root, misnamed)} names a .ts file in new URL(…), which does not exist in dist.`);
  }
}

/** Beside the single modules, from which bundlers take what they need, one file: Node opens that several times as fast. */
async function compileAndJoin(name) {
  await compile(name);
  await bundle(name);
}

async function compileServer(name) {
  await compile(name);
  const source = join(root, 'packages/server/src');
  for (const file of filesUnder(source)) {
    // SQL, pictures and the like travel as they are; notes do not.
    if (['.ts', '.md'].includes(extname(file)) || file.split(sep).includes('testing')) continue;
    copyInto(join(source, file), join(root, 'packages/server/dist', file));
  }
}

/** Runs the package's vite.config.ts, once for each mode given. */
async function bundle(name, modes = ['production']) {
  const folder = join(root, 'packages', name);
  if (!existsSync(join(folder, 'vite.config.ts'))) throw new Error(`packages/${name}/vite.config.ts is missing.`);
  for (const mode of modes) {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    await runQuietly(process.execPath, [vite, 'build', '--mode', mode, '--logLevel', 'warn'], { cwd: folder });
  }
}

/** The server hands out the elements' bundle under the names that templates know from the original's host. */
async function bundleElements(name) {
  await bundle(name, ['tools', 'production']);
  const dist = join(root, 'packages/elements/dist');
  const target = join(root, assets);
  const files = filesUnder(dist).filter((file) => !file.endsWith('.d.ts') && file !== 'tools.json');
  const places = files.map((file) => [file, !file.includes(sep) && file.endsWith('.css') ? join('css', file) : file]);
  if (files.includes('crowd-html-elements.js') && !files.includes('crowd-html-elements-v2.js')) {
    places.push(['crowd-html-elements.js', 'crowd-html-elements-v2.js']);
  }
  removeCopied(target, new Set(places.map(([, to]) => to)));
  for (const [from, to] of places) copyInto(join(dist, from), join(target, to));
  writeFileSync(join(target, '.elements'), places.map(([, to]) => to).join('\n'));
}

/** Removes what an earlier build copied and this one no longer makes. */
function removeCopied(target, kept) {
  const list = join(target, '.elements');
  for (const file of existsSync(list) ? readFileSync(list, 'utf8').split('\n') : []) {
    if (file && !kept.has(file)) rmSync(join(target, file), { force: true });
  }
}

/** Pages apart from the assets, which everybody may have; the pictures among them, for the examples' opaque origin. */
async function buildGallery() {
  const made = join(cache, 'gallery');
  rmSync(made, { recursive: true, force: true });
  const flags = ['--conditions=holdpoint-source'];
  if (!process.features.typescript) flags.push('--experimental-strip-types', '--disable-warning=ExperimentalWarning');
  await runQuietly(process.execPath, [...flags, 'scripts/build-gallery.ts', made], { cwd: root });
  const pictures = 'packages/elements/gallery/pictures';
  for (const file of filesUnder(join(root, pictures)).filter((each) => each.endsWith('.png')))
    copyInto(join(root, pictures, file), join(root, assets, 'pictures', file));
  replace(join(root, builtGallery), made);
}

async function buildDocs() {
  const made = join(cache, 'docs');
  rmSync(made, { recursive: true, force: true });
  const vitepress = join(root, 'node_modules/vitepress/bin/vitepress.js');
  const stop = new AbortController();
  process.once('exit', () => stop.abort());
  await runQuietly(process.execPath, ['--conditions=holdpoint-source', vitepress, 'build', 'docs'], {
    cwd: root,
    env: { ...process.env, HOLDPOINT_DOCS_OUT: made },
    signal: stop.signal,
  });
  replace(join(root, builtDocs), made);
}

/** The finished folder takes the place of the old one at once: a server may be reading it. */
function replace(target, made) {
  mkdirSync(dirname(target), { recursive: true });
  rmSync(target, { recursive: true, force: true });
  renameSync(made, target);
}

/** Removes what earlier compilations left; assets, docs and gallery beside the server's code belong to other parts. */
function removeOthers(dist, kept) {
  for (const file of filesUnder(dist)) {
    if (['assets', 'docs', 'gallery'].includes(file.split(sep)[0]) || kept.has(join(dist, file))) continue;
    rmSync(join(dist, file));
    removeIfEmpty(dirname(join(dist, file)), dist);
  }
}

function removeIfEmpty(folder, top) {
  if (folder === top || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  removeIfEmpty(dirname(folder), top);
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function copyInto(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
