import { documentStart } from './document-start.ts';

/**
 * Makes the document of the worker's frame from a rendered template: our prelude runs before any script of the template,
 * nothing else changes.
 *
 * @param preludeUrl address of the prelude script
 * @param isSensitive pictures and videos are blurred until they are asked for
 */
export function taskPage({
  html,
  preludeUrl,
  isSensitive = false,
}: {
  html: string;
  preludeUrl: string;
  isSensitive?: boolean;
}): string {
  const start = documentStart(html);
  const address = preludeUrl.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `${html.slice(0, start)}<script src="${address}"${isSensitive ? ' data-sensitive' : ''}></script>${html.slice(start)}`;
}
