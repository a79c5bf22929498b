/** Templates in a dump: files that are no JSON. */
import { createHash } from 'node:crypto';
import { type DumpFile, isJson, readText } from './dump-files.ts';
import type { TaskUiDescription } from './dump-pieces.ts';
import { endsWith, plain, stemOf } from './dump-tags.ts';

export interface Text {
  readonly file: DumpFile;
  readonly text: string;
  readonly sha256: string;
}

/** Texts longer than this, in bytes, are no templates. */
const longestText = 1_000_000;

export function textsOf(files: readonly DumpFile[]): Text[] {
  return files
    .filter((file) => !isJson(file) && file.size <= longestText)
    .map((file) => {
      const text = readText(file);
      return { file, text, sha256: createHash('sha256').update(text).digest('hex') };
    });
}

interface Found {
  readonly template?: string;
  readonly problem?: string;
  readonly note?: string;
}

/** The text with the checksum that AWS told, else the file with the UI's name. */
export function templateOf(ui: TaskUiDescription, texts: readonly Text[], folder: string): Found {
  const { HumanTaskUiName: name, UiTemplate } = ui;
  const exact = texts.find(({ sha256 }) => sha256 === UiTemplate.ContentSha256?.toLowerCase());
  if (exact !== undefined) return { template: exact.text };
  const named =
    texts.find(({ file }) => stemOf(file) === name) ??
    texts.find(({ file }) => endsWith(plain(stemOf(file)), plain(name)));
  if (named === undefined) {
    const problem = `The template of the human task UI ${name} is missing: save it as ${folder}/${name}.liquid.html from the Url that describe-human-task-ui gives.`;
    return { problem };
  }
  if (UiTemplate.ContentSha256 === undefined) return { template: named.text };
  const note = `${named.file.name} is not byte for byte the template of ${name} that AWS has; it is taken as it is.`;
  return { template: named.text, note };
}
