// Whether a task's page may be loaded before its task is accepted. Most pages are forms that are filled in, and cannot tell. What
// may tell waits until then: a script that reads the time or lets it pass, whatever comes from elsewhere and cannot be looked
// at, and what plays by itself.

const element = /<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi;
const source = /\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
const timely =
  /\bDate\b|\bperformance\b|\btimeStamp\b|\bset(?:Timeout|Interval)\b|\brequest(?:AnimationFrame|IdleCallback)\b|\bimport\b|\beval\b|\bhasFocus\b|\bvisibility/;
const plays = /<(?:audio|video)\b[^>]*\bautoplay\b|<meta\b[^>]*\bhttp-equiv\b|<(?:iframe|object|embed|marquee)\b/i;
/** Attributes that run by themselves. */
const handler = /\bon(?:load|error|focus|animation\w+|transition\w+)\s*=/i;

/** @param assetsUrl base of our own scripts, which do not care when they are loaded */
export function isSameWhenever(html: string, assetsUrl: string): boolean {
  if (plays.test(html) || handler.test(html)) return false;
  for (const [, attributes = '', text = ''] of html.matchAll(element)) {
    const [, ...found] = source.exec(attributes) ?? [];
    const src = found.find((value) => value !== undefined);
    if (src !== undefined ? !src.startsWith(`${assetsUrl}/`) : timely.test(text)) return false;
  }
  return true;
}
