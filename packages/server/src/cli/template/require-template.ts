import { operations } from '@holdpoint/protocol';
import { nameOf } from '../read-text.ts';
import { UsageError } from '../usage-error.ts';

const { max: longest } = operations.CreateHumanTaskUi.input.members.UiTemplate.members.Content;

/** @throws UsageError when no human task UI can be made of the text. */
export function requireTemplate(file: string, content: string): void {
  if (content.trim() === '') throw new UsageError(`${nameOf(file)} is empty, and no template.`);
  const length = content.length > longest ? [...content].length : 0;
  if (length > longest)
    throw new UsageError(`${nameOf(file)} has ${length} characters; a human task UI takes ${longest}.`);
}
