import { ConsoleError, call, unreachable } from '../console-api.ts';

/** The text of a human task UI's template, which the API hands out by a link. @throws ConsoleError */
export async function templateText(HumanTaskUiName: string): Promise<string> {
  const { UiTemplate } = await call('DescribeHumanTaskUi', { HumanTaskUiName });
  const { pathname, search } = new URL(UiTemplate.Url ?? '', location.href);
  let reply: Response;
  let bytes: ArrayBuffer;
  try {
    // Links lead to the public address; the same is served here.
    reply = await fetch(pathname + search, { signal: AbortSignal.timeout(30_000) });
    bytes = await reply.arrayBuffer();
  } catch (error) {
    throw unreachable(error);
  }
  if (!reply.ok) throw new ConsoleError('unreadable', `The template of ${HumanTaskUiName} could not be read.`);
  // Not text(), which takes a byte order mark away.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
