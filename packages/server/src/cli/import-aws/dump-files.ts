/** The files of a dump: which there are, and the JSON in them. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { UsageError } from '../usage-error.ts';

export interface DumpFile {
  /** With `/`, relative to the dump's folder. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

/** Past outputs lie here; they are not read into memory. */
export const outputsFolder = 'outputs';
const mostFiles = 10_000;
const mostBytes = 64 * 1024 * 1024;
const leftOut = new Set(['.git', 'node_modules', '.DS_Store']);

/**
 * All files below a folder but past outputs, in the order of their names. Links are not followed.
 *
 * @throws UsageError when there is no such folder, or when it is obviously another one.
 */
export function filesOf(folder: string): DumpFile[] {
  const files: DumpFile[] = [];
  const visit = (path: string): void => {
    for (const name of readdirSync(path).sort()) {
      if (leftOut.has(name) || (path === folder && name === outputsFolder)) continue;
      const child = join(path, name);
      const status = lstatSync(child);
      if (status.isDirectory()) visit(child);
      if (!status.isFile()) continue;
      files.push({ name: relative(folder, child).split(sep).join('/'), path: child, size: status.size });
      if (files.length > mostFiles)
        throw new UsageError(`${folder} holds more than ${mostFiles} files: that is no dump of the aws CLI.`);
    }
  };
  try {
    visit(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(`There is no folder ${folder}.`);
    if (code === 'ENOTDIR')
      throw new UsageError(`${folder} is no folder; --from-directory names the folder of a dump.`);
    if (code === 'EACCES') throw new UsageError(`${folder} cannot be read: permission denied.`);
    throw error;
  }
  return files;
}

/** The text of a file; PowerShell writes UTF-16 where others write UTF-8. */
export function readText({ path }: DumpFile): string {
  const bytes = readFileSync(path);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

export const isJson = ({ name }: DumpFile): boolean => /^\.jsonl?$/i.test(extname(name));

/**
 * The JSON values of a file: one, or several one after the other as `>>` leaves them.
 *
 * @throws Error with the reason, without the file's name.
 */
export function readJson(file: DumpFile): unknown[] {
  if (file.size > mostBytes) throw new Error(`it is larger than ${mostBytes / 1024 / 1024} MiB`);
  const text = readText(file).trim();
  if (text === '') throw new Error('it is empty (did the command that made it fail?)');
  try {
    return [JSON.parse(text)];
  } catch {
    return splitJson(text);
  }
}

/** @throws Error for text that is no run of JSON objects and arrays. */
function splitJson(text: string): unknown[] {
  const values: unknown[] = [];
  let depth = 0;
  let start = -1;
  for (const { 0: part, index } of text.matchAll(/"(?:[^"\\]|\\[\s\S])*"|[{}[\]]|[^\s"{}[\]]+/g)) {
    const opens = part === '{' || part === '[';
    if (depth === 0 && !opens) throw notJson();
    if (opens && depth++ === 0) start = index;
    if ((part === '}' || part === ']') && --depth === 0) values.push(parsePart(text.slice(start, index + 1)));
  }
  if (depth > 0) throw new Error('its JSON breaks off (is it complete?)');
  return values;
}

function parsePart(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}

const notJson = (): Error => new Error('it is not JSON (the aws CLI writes JSON with --output json)');
