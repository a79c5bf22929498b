// The picture that a task is about, to draw on it what workers drew.

/**
 * The address of the only picture on a task's page; undefined where it has none, several, one from elsewhere, or one that is
 * not shown to everybody who passes by.
 *
 * @param page the page's HTML
 */
export function onlyPicture(page: string): string | undefined {
  // What is in a template runs nothing, loads nothing, and its styles are no matter of this page's policy.
  const template = document.createElement('template');
  template.innerHTML = page;
  const parsed = template.content;
  // Blurred until somebody points at it.
  if (parsed.querySelector('script[data-sensitive]')) return undefined;
  const sources = [...parsed.querySelectorAll('[src]')]
    .filter(({ localName }) => localName === 'img' || localName.startsWith('crowd-'))
    .map((element) => element.getAttribute('src') ?? '');
  const [source, ...others] = new Set(sources);
  // The policy of this page takes pictures from nowhere else.
  return source && others.length === 0 && URL.parse(source, location.href)?.origin === location.origin
    ? source
    : undefined;
}
