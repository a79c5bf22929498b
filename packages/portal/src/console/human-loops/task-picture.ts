// The picture that a task is about, to draw on it what workers drew.
import { call } from '../console-api.ts';

/** The address of the only picture on the page of a loop's task; undefined where it has none, several, or one from elsewhere. */
export async function taskPicture(HumanLoopName: string): Promise<string | undefined> {
  const preview = await call('PreviewHumanLoop', { HumanLoopName, Origin: location.origin }).catch(() => undefined);
  if (!preview) return undefined;
  // A document that is only parsed runs nothing and loads nothing.
  const page = new DOMParser().parseFromString(preview.Page, 'text/html');
  const sources = [...page.querySelectorAll('[src]')]
    .filter(({ localName }) => localName === 'img' || localName.startsWith('crowd-'))
    .map((element) => element.getAttribute('src') ?? '');
  const [source, ...others] = new Set(sources);
  // The policy of this page takes pictures from nowhere else.
  return source && others.length === 0 && URL.parse(source, location.href)?.origin === location.origin
    ? source
    : undefined;
}
