// Where a page loads the crowd-* elements from: our own bundles instead of AWS's host.

import { documentStart } from './document-start.ts';

const script = 'crowd-html-elements.js';
const secondScript = 'crowd-html-elements-v2.js';

/** The name is followed by the end of the address, or by a query or fragment. */
const crowdUrl =
  /(?:https?:)?\/\/assets\.crowd\.aws\/(crowd-html-elements\.js|crowd-html-elements-v2\.js|css\/crowd-html-elements-v2\.css)(?:[?#][^\s"'`<>]*)?(?=["'`\s>]|$)/gi;
/** Only an address that is loaded: an attribute, or a property that a script sets; never a mention in text. */
const loadedFrom = /(?:^|[\s"'./])(?:src|href)\s*=\s*["'`]?\s*$/i;
const longestLead = 40;

/**
 * Points the page to our bundles; a page that uses crowd-* elements without loading them gets them.
 *
 * @param assetsUrl base of our own assets, e.g. `/assets`
 */
export function mapCrowdAssets(html: string, assetsUrl: string): string {
  const base = assetsUrl.replace(/\/+$/, '');
  const mapped = html.includes('assets.crowd.aws') || /assets\.crowd\.aws/i.test(html) ? mapUrls(html, base) : html;
  if (!/<crowd-[a-z]/i.test(mapped) || /crowd-html-elements(?:-v2)?\.js/i.test(mapped)) return mapped;
  const second = /<crowd-(?:text-ranking|question-answer-generation)\b/i.test(mapped);
  const tags = (second ? [script, secondScript] : [script])
    .map((name) => `<script src="${base}/${name}"></script>`)
    .join('');
  const start = documentStart(mapped);
  return mapped.slice(0, start) + tags + mapped.slice(start);
}

function mapUrls(html: string, base: string): string {
  return html.replace(crowdUrl, (url: string, name: string, at: number) =>
    loadedFrom.test(html.slice(Math.max(0, at - longestLead), at)) ? `${base}/${name.toLowerCase()}` : url,
  );
}
