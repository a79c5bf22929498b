/** What is previewed: a template and sample inputs in files, as they are now, and what a server makes of them. */
import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@holdpoint/client';
import type { OperationOutput } from '@holdpoint/protocol';
import { sentenceOf } from '../../failure.ts';
import { readText } from '../../read-text.ts';
import type { Terminal } from '../../terminal.ts';
import { readSampleInputs, type SampleInput } from '../sample-inputs.ts';

export interface SubjectSettings {
  readonly client: Client;
  /** The template. */
  readonly file: string;
  /** Files with sample inputs. */
  readonly inputs: readonly string[];
  readonly signal: AbortSignal;
}

/** What is in the files. */
export interface Version {
  /** Counted from 1; another one means that something is different. */
  readonly number: number;
  readonly template: string;
  readonly inputs: readonly SampleInput[];
  /** Why the files cannot be used as they are; the rest is then what was there before. */
  readonly problem?: string;
}

/** What a server makes of the template with one input. */
export interface View {
  readonly page?: string;
  readonly policy?: string;
  readonly errors: OperationOutput<'PreviewUiTemplate'>['Errors'];
  readonly findings: OperationOutput<'CheckUiTemplate'>['Findings'];
  /** Why there is no page. */
  readonly problem?: string;
}

export interface Subject {
  readonly file: string;
  readonly version: Version;
  /** Reads the files again. */
  refresh(): Promise<void>;
  /** What is to be shown for an input of the present version; made once, and anew when links in it come to their end. */
  view(input: number): Promise<View>;
  /** Calls back when there is a new version; the returned function ends that. */
  follow(changed: () => void): () => void;
}

/** Shown without a sample input. */
const noInput: SampleInput = { name: 'no input', text: '{}' };
/** Milliseconds: links to objects in a page work for an hour. */
const freshFor = 30 * 60_000;
/** An editor may take a file away for a moment: milliseconds, and how often it is looked for again. */
const missingPause = 80;
const missingLooks = 5;

/** Reads the files once, and fails when they cannot be read. @throws UsageError */
export async function createSubject(settings: SubjectSettings): Promise<Subject> {
  const { client, file, inputs: inputFiles, signal } = settings;
  const events = new EventEmitter().setMaxListeners(0);
  let version: Version = { number: 1, ...(await read(file, inputFiles)) };
  let views = new Map<number, { made: number; view: Promise<View> }>();
  let refreshing: Promise<void> = Promise.resolve();

  async function refresh(): Promise<void> {
    const next = await readPatiently(file, inputFiles, signal);
    const now = { ...version, ...(typeof next === 'string' ? { problem: next } : { problem: undefined, ...next }) };
    if (JSON.stringify({ ...now, number: 0 }) === JSON.stringify({ ...version, number: 0 })) return;
    version = { ...now, number: version.number + 1 } as Version;
    views = new Map();
    events.emit('changed');
  }

  return {
    file,
    get version() {
      return version;
    },
    refresh() {
      refreshing = refreshing.then(refresh);
      return refreshing;
    },
    view(index) {
      const known = views.get(index);
      if (known !== undefined && performance.now() - known.made < freshFor) return known.view;
      const input = version.inputs[index] ?? version.inputs[0] ?? noInput;
      const view = makeView(client, version.template, input, signal);
      const mine = views;
      mine.set(index, { made: performance.now(), view });
      // A server that could not be reached is asked again the next time.
      void view.then(({ problem }) => problem === undefined || mine.delete(index));
      return view;
    },
    follow(changed) {
      events.on('changed', changed);
      return () => events.off('changed', changed);
    },
  };
}

async function read(file: string, inputFiles: readonly string[]): Promise<Pick<Version, 'template' | 'inputs'>> {
  // Neither is standard input.
  const terminal = {} as Pick<Terminal, 'input' | 'errors'>;
  const template = await readText(file, terminal);
  return { template, inputs: await readSampleInputs(inputFiles, terminal) };
}

/** What the files hold, or the sentence that says why they cannot be used. */
async function readPatiently(file: string, inputFiles: readonly string[], signal: AbortSignal) {
  for (let looks = 1; ; looks++) {
    try {
      return await read(file, inputFiles);
    } catch (error) {
      if (looks >= missingLooks || signal.aborted) return sentenceOf(error);
      await pause(missingPause, undefined, { signal }).catch(() => {});
    }
  }
}

async function makeView(client: Client, template: string, input: SampleInput, signal: AbortSignal): Promise<View> {
  const UiTemplate = { Content: template };
  const Task = { Input: input.text };
  const Origin = new URL(client.meta.endpointUrl).origin;
  try {
    const [{ Page, ContentSecurityPolicy, Errors }, { Findings }] = await Promise.all([
      client.call('PreviewUiTemplate', { UiTemplate, Task, Origin }, { signal }),
      client.call('CheckUiTemplate', { UiTemplate, ...(input !== noInput && { Task }) }, { signal }),
    ]);
    return { page: Page, policy: ContentSecurityPolicy, errors: Errors, findings: Findings };
  } catch (error) {
    return { errors: [], findings: [], problem: sentenceOf(error) };
  }
}
