import { expect, it } from 'vitest';
import { mapCrowdAssets } from './crowd-assets.ts';

const host = 'assets.crowd.aws';
const own = 'http://host/assets';

it.each<[html: string, mapped: string]>([
  [
    `<script src="https://${host}/crowd-html-elements.js"></script>`,
    `<script src="${own}/crowd-html-elements.js"></script>`,
  ],
  [
    `<script src='http://${host}/crowd-html-elements.js'></script>`,
    `<script src='${own}/crowd-html-elements.js'></script>`,
  ],
  [
    `<script src=//${host}/crowd-html-elements-v2.js></script>`,
    `<script src=${own}/crowd-html-elements-v2.js></script>`,
  ],
  [
    `<script async SRC = "https://${host}/crowd-html-elements.js?v=1&x"></script>`,
    `<script async SRC = "${own}/crowd-html-elements.js"></script>`,
  ],
  [
    `<link rel="stylesheet" href="https://${host}/css/crowd-html-elements-v2.css">`,
    `<link rel="stylesheet" href="${own}/css/crowd-html-elements-v2.css">`,
  ],
  [
    `<script>s.src = "https://${host}/crowd-html-elements.js";</script>`,
    `<script>s.src = "${own}/crowd-html-elements.js";</script>`,
  ],
  [`<p>see https://${host}/crowd-html-elements.js</p>`, `<p>see https://${host}/crowd-html-elements.js</p>`],
  [`<script src="https://${host}/other.js"></script>`, `<script src="https://${host}/other.js"></script>`],
  [
    `<script src="https://${host}/crowd-html-elements.js.map"></script>`,
    `<script src="https://${host}/crowd-html-elements.js.map"></script>`,
  ],
  [
    `<script src="https://example.com/${host}/crowd-html-elements.js"></script>`,
    `<script src="https://example.com/${host}/crowd-html-elements.js"></script>`,
  ],
  ['<crowd-form></crowd-form>', `<script src="${own}/crowd-html-elements.js"></script><crowd-form></crowd-form>`],
  [
    '<html><head><crowd-text-ranking></crowd-text-ranking>',
    `<html><head><script src="${own}/crowd-html-elements.js"></script><script src="${own}/crowd-html-elements-v2.js"></script><crowd-text-ranking></crowd-text-ranking>`,
  ],
  [
    '<script src="/my/crowd-html-elements.js"></script><crowd-form>',
    '<script src="/my/crowd-html-elements.js"></script><crowd-form>',
  ],
  ['<p>crowd-form &lt;crowd-form&gt;</p>', '<p>crowd-form &lt;crowd-form&gt;</p>'],
])('%s', (html, mapped) => {
  expect(mapCrowdAssets(html, `${own}/`)).toBe(mapped);
});
