// The sagemaker service through boto3, for the tests of one file.
import { operations } from '@holdpoint/protocol';
import { type Boto3Stage, useBoto3 } from './boto3-stage.ts';
import { noteTemplate } from './human-loops.ts';

export interface Sagemaker {
  readonly stage: Boto3Stage;
  /** Calls a method by its Python name. */
  call<Output = Record<string, unknown>>(method: string, input?: object): Promise<Output>;
  createUi(name: string, content?: string, more?: object): Promise<{ HumanTaskUiArn: string }>;
  /** What a paginator with pages of one item gives: of each page the named member of each item of a list. */
  namesOnPages(method: string, list: string, member: string, input?: object): Promise<string[][]>;
  /** The operations whose names match and that no test has called. */
  uncalled(names: RegExp): { matching: number; uncalled: string[] };
}

/** The ARN of a resource of a server with default settings. */
export const arn = (resource: string): string => `arn:aws:sagemaker:us-east-1:000000000000:${resource}`;

const pythonName = (name: string): string => name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

export function useSagemaker(): Sagemaker {
  const stage = useBoto3();
  const call: Sagemaker['call'] = (method, input = {}) => stage.boto3.call('sagemaker', method, input);
  return {
    stage,
    call,
    createUi: (HumanTaskUiName, Content = noteTemplate, more = {}) =>
      call('create_human_task_ui', { HumanTaskUiName, UiTemplate: { Content }, ...more }),
    async namesOnPages(method, list, member, input = {}) {
      const pages = await stage.boto3.pages<Record<string, Record<string, string>[]>>('sagemaker', method, input, 1);
      return pages.map((page) => page[list]!.map((item) => item[member]!));
    },
    uncalled(names) {
      const matching = Object.values(operations).filter(
        ({ service, name }) => service === 'sagemaker' && names.test(name),
      );
      const called = stage.boto3.called;
      const uncalled = matching.filter(({ name }) => !called.has(`sagemaker.${pythonName(name)}`));
      return { matching: matching.length, uncalled: uncalled.map(({ name }) => name) };
    },
  };
}
