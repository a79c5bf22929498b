// What the server makes of a template that is being written: its findings, and its page with the sample input.
import type { OperationOutput } from '@holdpoint/protocol';
import { call } from '../console-api.ts';
import type { PreviewPage } from './preview-frame.ts';
import type { Finding } from './quick-fixes.ts';
import { problemOf } from './sample-input.ts';

export interface Checked {
  readonly findings: readonly Finding[];
  /** Absent when there is nothing to show: the input is no JSON. */
  readonly page?: PreviewPage;
  /** Why no worker would see the page, if so. */
  readonly verdict?: string;
}

type PreviewErrors = OperationOutput<'PreviewUiTemplate'>['Errors'];

/** @throws ConsoleError, or whatever aborted it */
export async function checkTemplate(content: string, sample: string, signal: AbortSignal): Promise<Checked> {
  const UiTemplate = { Content: content };
  if (problemOf(sample) !== undefined) {
    const { Findings } = await call('CheckUiTemplate', { UiTemplate }, signal);
    return { findings: Findings, verdict: 'The preview waits for a sample input that is valid JSON.' };
  }
  const Task = { Input: sample };
  const [{ Findings }, { Page, ContentSecurityPolicy, Errors }] = await Promise.all([
    call('CheckUiTemplate', { UiTemplate, Task }, signal),
    call('PreviewUiTemplate', { UiTemplate, Task, Origin: location.origin }, signal),
  ]);
  const page = { page: Page, policy: ContentSecurityPolicy };
  return { findings: Findings, page, ...(Errors.length > 0 && { verdict: verdictOn(Errors) }) };
}

const verdictOn = (errors: PreviewErrors): string =>
  `No worker would see this page: with this input it has ${errors.length === 1 ? 'an error' : 'errors'}, and the human loop would fail. This is as much of it as could be made.`;
