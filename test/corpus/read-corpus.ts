import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface CorpusTemplate {
  readonly name: string;
  readonly html: string;
  /** Given to StartHumanLoop. */
  readonly input: unknown;
  /** What a reviewer's answer has to be, to the character. */
  readonly answer: unknown;
}

const folder = fileURLToPath(new URL('./templates/', import.meta.url));

/** All templates of the corpus, each a folder with `template.liquid`, `input.json` and `answer.json`. */
export function readCorpus(): readonly CorpusTemplate[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const read = (file: string): string => readFileSync(`${folder}${name}/${file}`, 'utf8');
      return {
        name,
        html: read('template.liquid'),
        input: JSON.parse(read('input.json')),
        answer: JSON.parse(read('answer.json')),
      };
    });
}
