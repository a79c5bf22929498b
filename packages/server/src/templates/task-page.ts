import { documentStart } from './document-start.ts';

/**
 * Makes the document of the worker's frame from a rendered template: our prelude runs before any script of the template,
 * nothing else changes.
 *
 * @param preludeUrl address of the prelude script
 */
export function taskPage({ html, preludeUrl }: { html: string; preludeUrl: string }): string {
  const start = documentStart(html);
  const address = preludeUrl.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `${html.slice(0, start)}<script src="${address}"></script>${html.slice(start)}`;
}
