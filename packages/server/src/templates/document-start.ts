// Finds where the first element of a page's head goes.

/**
 * The offset at which a script can be put so that it runs before anything else of the page and changes nothing else: after
 * the doctype and the opening `html` and `head` tags as far as the page begins with them, else at its very beginning (a
 * page without a doctype in front is shown in quirks mode, and stays so).
 */
export function documentStart(html: string): number {
  let start = html.startsWith('\uFEFF') ? 1 : 0;
  const doctype = skipBlank(html, start);
  if (startsWithTag(html, doctype, '<!doctype')) start = after(html, '>', doctype);
  for (const tag of ['<html', '<head']) {
    const at = skipBlank(html, start);
    if (startsWithTag(html, at, tag)) start = endOfTag(html, at + tag.length);
  }
  return start;
}

/** Skips white space and everything that the browser takes for a comment. */
function skipBlank(html: string, from: number): number {
  let at = from;
  for (;;) {
    while (/\s/.test(html.charAt(at))) at++;
    if (html.startsWith('<!--', at)) at = endOfComment(html, at + 4);
    else if (html.startsWith('<?', at)) at = after(html, '>', at);
    else return at;
  }
}

function endOfComment(html: string, from: number): number {
  if (html.startsWith('>', from)) return from + 1;
  if (html.startsWith('->', from)) return from + 2;
  const usual = html.indexOf('-->', from);
  const odd = html.indexOf('--!>', from);
  if (odd >= 0 && (usual < 0 || odd < usual)) return odd + 4;
  return usual < 0 ? html.length : usual + 3;
}

function after(html: string, end: string, from: number): number {
  const at = html.indexOf(end, from);
  return at < 0 ? html.length : at + end.length;
}

function startsWithTag(html: string, at: number, tag: string): boolean {
  return html.slice(at, at + tag.length).toLowerCase() === tag && /[\s/>]/.test(html.charAt(at + tag.length));
}

/** The offset after the `>` of a tag, which may have quoted attributes with `>` in them. */
function endOfTag(html: string, from: number): number {
  let at = from;
  while (at < html.length) {
    const character = html.charAt(at++);
    if (character === '>') return at;
    if (character !== '=') continue;
    while (/\s/.test(html.charAt(at))) at++;
    const quote = html.charAt(at);
    if (quote === '"' || quote === "'") at = after(html, quote, at + 1);
  }
  return html.length;
}
