import { once } from 'node:events';
import type { Call } from '../api-command.ts';
import { UsageError } from '../usage-error.ts';
import { openBrowser } from './preview/open-browser.ts';
import { servePreview } from './preview/preview-server.ts';
import { createSubject } from './preview/subject.ts';
import { watchFiles } from './preview/watch-files.ts';

export interface PreviewOptions {
  readonly input?: readonly string[];
  readonly port?: string;
  readonly open: boolean;
  readonly json?: boolean;
}

/** Shows a template until Ctrl-C, which is its usual end. */
export const previewTemplate: Call<PreviewOptions> = async (calling, file = '') => {
  const { client, options, terminal, signal } = calling;
  const { input = [], json } = options;
  const files = [file, ...input];
  if (files.includes('-'))
    throw new UsageError('A preview looks at files again and again: it cannot read standard input.');
  const port = readPort(options.port);
  const subject = await createSubject({ client, file, inputs: input, signal });
  const watch = watchFiles(files, () => void subject.refresh());
  try {
    const server = await servePreview(subject, port);
    try {
      terminal.output.write(json ? `${JSON.stringify({ Url: server.url })}\n` : welcome(server.url, files));
      if (options.open && terminal.output.isTTY) openBrowser(server.url, terminal.environment);
      if (!signal.aborted) await once(signal, 'abort');
      if (!json) terminal.output.write('\nThe preview has ended.\n');
    } finally {
      await server.close();
    }
  } finally {
    watch.close();
  }
  return undefined;
};

function readPort(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new UsageError(`--port must be a whole number up to 65535, not '${text}'.`);
  return port;
}

const welcome = (url: string, files: readonly string[]): string =>
  `Preview  ${url}\nIt follows ${files.join(', ')}. Ctrl-C ends it.\n`;
