// What a template uses, cell by cell: elements with their attributes, Liquid, quirks of markup, habits of scripts.
import { type PageElement, readPage } from '../../packages/server/src/templates/check/page.ts';
import type { CorpusTemplate } from './read-corpus.ts';

interface Page {
  readonly html: string;
  readonly elements: readonly PageElement[];
  /** The text of all scripts, and of all `on…` attributes. */
  readonly scripts: string;
}

type Sign = (page: Page) => boolean;

const inHtml =
  (pattern: RegExp): Sign =>
  ({ html }) =>
    pattern.test(html);
const inScripts =
  (pattern: RegExp): Sign =>
  ({ scripts }) =>
    pattern.test(scripts);
const withElement =
  (is: (element: PageElement, page: Page) => boolean): Sign =>
  (page) =>
    page.elements.some((element) => is(element, page));

const given = ({ attributes }: PageElement, name: string): string => attributes.get(name)?.value ?? '';
const isCrowd = ({ tag }: PageElement): boolean => tag.startsWith('crowd-');
const isControl = ({ tag }: PageElement): boolean =>
  /^(crowd-(input|slider|button|text-area)|input|select|textarea)$/.test(tag);
const isInside = (inner: PageElement, outer: PageElement): boolean =>
  outer.begin < inner.begin && inner.begin < outer.contentEnd;
const within =
  (inner: (element: PageElement) => boolean, outer: (element: PageElement) => boolean): Sign =>
  ({ elements }) =>
    elements.some((o) => outer(o) && elements.some((i) => inner(i) && isInside(i, o)));
const tagged =
  (...tags: readonly string[]) =>
  ({ tag }: PageElement): boolean =>
    tags.includes(tag);
const jsonAttributes = ['labels', 'categories', 'initial-value', 'overlay', 'exclusion-category', 'label-colors'];
const isLooseJson = (text: string): boolean => {
  if (!/^\s*[[{]/.test(text) || text.includes('{{')) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
};
const sameName =
  (is: (element: PageElement) => boolean): Sign =>
  ({ elements }) => {
    const names = elements.filter(is).map((element) => given(element, 'name'));
    return names.some((name, at) => name !== '' && names.indexOf(name) !== at);
  };
const startsWithScript = /^\s*<script[^>]*crowd-html-elements(?:-v2)?\.js/;

/** Ways of writing that are not as they should be, or are easily overlooked, and that must work all the same. */
export const quirks: Readonly<Record<string, Sign>> = {
  'no doctype': ({ html }) => !/<!doctype/i.test(html),
  'a doctype': inHtml(/^\s*<!doctype/i),
  'the script before the doctype': ({ html }) => startsWithScript.test(html) && /<!doctype/i.test(html),
  'the script twice': ({ html }) => (html.match(/crowd-html-elements(-v2)?\.js/g)?.length ?? 0) > 1,
  'the script of version 2': inHtml(/crowd-html-elements-v2\.js/),
  'the style sheet of version 2': inHtml(/crowd-html-elements-v2\.css/),
  'html, head and body': inHtml(/<html[\s\S]*<head[\s\S]*<body/),
  'a tag that seems to close itself': withElement(
    (element, { html }) => isCrowd(element) && !element.hasEndTag && html.startsWith('/>', element.end - 2),
  ),
  'an unquoted attribute': withElement(
    (element) =>
      isCrowd(element) && [...element.attributes.values()].some(({ value, quoted }) => !quoted && value !== ''),
  ),
  'an attribute in camel case': inHtml(/\sinitialValue=/),
  'an unknown attribute': inHtml(/\soriginalValue=/),
  'a switch with a value': inHtml(/\s(?:pin|no-key-edit)="(?:true)?"/),
  'JSON5 in an attribute': withElement((element) => jsonAttributes.some((name) => isLooseJson(given(element, name)))),
  'strict JSON in an attribute': withElement((element) =>
    /^\s*\[\s*"/.test(given(element, 'categories') || given(element, 'question-tags')),
  ),
  'comments in JSON5': withElement((element) => /\/\/ |\/\*/.test(given(element, 'labels'))),
  'a trailing comma in JSON5': withElement((element) =>
    jsonAttributes.some((name) => /,\s*\]/.test(given(element, name))),
  ),
  'an object printed without to_json': inHtml(/(?:initial-value|keys|categories)="\{\{ task\.input\.[\w.]+ \}\}"/),
  'to_json in single quotes, not escaped': inHtml(/='\{\{[^}]*\| to_json \}\}'/),
  'a loop inside an attribute': withElement((element) => /\{% for/.test(given(element, 'categories'))),
  'text with quotes in an attribute': ({ html }) => /value="\{\{/.test(html),
  'a name with spaces': withElement((element) =>
    given(element, 'name')
      .replaceAll(/\{\{.*?\}\}/g, '')
      .includes(' '),
  ),
  'a name with dots': withElement((element) => /\w\.\w/.test(given(element, 'name').replaceAll(/\{\{.*?\}\}/g, 'x'))),
  'a name with slashes': withElement((element) => given(element, 'name').includes('/')),
  'a name with signs': withElement((element) => /[$[]/.test(given(element, 'name'))),
  'a name made by Liquid': withElement((element) => given(element, 'name').includes('{{')),
  'a name that is thrown away': withElement((element) => given(element, 'name').startsWith('_')),
  'boxes of one name': sameName(
    ({ tag, attributes }) => tag === 'crowd-checkbox' || attributes.get('type')?.value === 'checkbox',
  ),
  'values of one name': sameName(
    ({ tag, attributes }) =>
      attributes.get('type')?.value === 'hidden' || tag === 'crowd-classifier' || tag === 'select',
  ),
  'a name repeated by a loop': inHtml(/name="True Prediction"/),
  'a form inside the form': within(tagged('form'), tagged('crowd-form')),
  'the form inside a table': within(tagged('crowd-form'), tagged('td')),
  'elements inside a table': within((element) => isCrowd(element), tagged('td')),
  'controls in the instructions': within(isControl, tagged('short-instructions')),
  'instructions without a widget': ({ elements }) =>
    elements.some((element) => element.tag === 'short-instructions' && element.form !== undefined) &&
    !elements.some(({ tag }) =>
      /^crowd-.*(?:classifier|box|polygon|polyline|line|keypoint|segmentation|annotation|labels|document|ranking|generation)/.test(
        tag,
      ),
    ),
  'a target without a classifier': ({ elements }) =>
    elements.some(({ tag }) => tag === 'classification-target') &&
    !elements.some(({ tag }) => tag.includes('classifier')),
  'a style in a region': within(tagged('style'), tagged('short-instructions')),
  'further children of a text tool': within(tagged('div'), tagged('crowd-entity-annotation')),
  'a text tool in a form': within(tagged('crowd-entity-annotation'), tagged('crowd-form')),
  'a tag that nobody defined': withElement(({ tag }) => tag === 'classification-reasons-container'),
  'a hidden submit button': withElement(
    (element) => element.tag === 'crowd-button' && /display:\s*none/.test(given(element, 'style')),
  ),
  'a disabled submit button': withElement(
    ({ tag, attributes }) => tag === 'crowd-button' && attributes.has('form-action') && attributes.has('disabled'),
  ),
  'several widgets in a form': ({ elements }) =>
    elements.filter(({ tag }) => /^crowd-(image-)?classifier/.test(tag)).length > 1,
  'a template element': withElement(({ tag }) => tag === 'template'),
  'a disabled fieldset': withElement(({ tag, attributes }) => tag === 'fieldset' && attributes.has('disabled')),
  'right to left': withElement((element) => given(element, 'dir') === 'rtl'),
  'Liquid in a comment of HTML': inHtml(/<!--(?:(?!-->)[\s\S])*\{\{/),
  'Liquid in a script': inHtml(/<script>(?:(?!<\/script>)[\s\S])*\{\{/),
  'a loop in a script': inHtml(/<script>(?:(?!<\/script>)[\s\S])*\{% for/),
  'markup in an attribute of the input': inHtml(/skip_autoescape/),
};

/** What scripts of templates do. */
export const habits: Readonly<Record<string, Sign>> = {
  'waits for all-crowd-elements-ready': inScripts(/all-crowd-elements-ready/),
  'waits for whenDefined': inScripts(/customElements\.whenDefined/),
  'labels = labels.concat': inScripts(/\.labels = \w+\.labels\.concat/),
  'labels = labels.filter': inScripts(/\.labels = \w+\.filter/),
  'labels set at once': inScripts(/\.labels = all;/),
  'categories =': inScripts(/\.categories =/),
  'getAttribute of a list': inScripts(/getAttribute\('labels'\)/),
  'value = null': inScripts(/\.value = null/),
  'value of a widget or its _submittableValue': inScripts(/\.value\.keypoints \|\| \w+\._submittableValue/),
  _submittableValue: inScripts(/\._submittableValue/),
  'onsubmit =': inScripts(/\.onsubmit =/),
  'an onsubmit attribute': withElement(({ tag, attributes }) => tag === 'crowd-form' && attributes.has('onsubmit')),
  'return false': inScripts(/return false/),
  'a submit listener': inScripts(/addEventListener\('submit'/),
  preventDefault: inScripts(/\.preventDefault\(\)/),
  'submit()': inScripts(/querySelector\('crowd-form'\)\.submit\(\)/),
  'a click handler that submits': inScripts(
    /addEventListener\('click',[^;]*(?:[\s\S](?!addEventListener))*?\.submit\(\)/,
  ),
  'hidden fields filled on submit': inScripts(/onsubmit = [\s\S]*getElementById\('\w+'\)\.value =/),
  'reads its shadowRoot': inScripts(/\.shadowRoot/),
  'the form inside a text tool': inScripts(/\.shadowRoot\s*\.querySelector\('crowd-form'\)\s*\.form\s*\.appendChild/),
  '.category-picker-wrapper': inScripts(/\.category-picker-wrapper/),
  '.awsui-app-layout__navigation': inScripts(/\.awsui-app-layout__navigation/),
  '.awsui-modal-dialog': inScripts(/\.awsui-modal-dialog/),
  'canvas.upper-canvas': inScripts(/canvas\.upper-canvas/),
  '.headerButtonsContainer': inScripts(/\.headerButtonsContainer/),
  '.label-pane-content': inScripts(/\.label-pane-content/),
  '.label-button': inScripts(/\.label-button/),
  'button#polygon': inScripts(/button#polygon/),
  'appends to crowdForm.form': inScripts(/form\.form\.append/),
  'appends to crowd-form itself': inScripts(/\bform\.appendChild\(direct\)/),
  "looks for crowd-form's form": inScripts(/form\.querySelector\('form'\)/),
  'goes through form.children': inScripts(/\.form\.children/),
  _serializeForm: inScripts(/_serializeForm/),
  'createElement of an element': inScripts(/createElement\('crowd-(?:card|input)'\)/),
  'createElement of a radio group': inScripts(/createElement\('crowd-radio-group'\)/),
  'cloneNode of an element': inScripts(/querySelector\('crowd-input[^']*'\)\.cloneNode/),
  'innerHTML of an alert': inScripts(/innerHTML =\s*'<crowd-alert/),
  'insertAdjacentHTML of controls': inScripts(/insertAdjacentHTML\([^)]*\n?.*<select/),
  'a custom element of its own': inScripts(/customElements\.define/),
  'elements in a shadow tree of its own': inScripts(/root\.innerHTML =\s*[\s\S]*<crowd-button/),
  'a library like jQuery': inScripts(/\$\('crowd-form'\)\.submit\(/),
  'ids as variables': inScripts(/(?:addLabel|button1)\.addEventListener/),
  'event.target.value': inScripts(/event\.target\.value/),
  'onchange of a slider': inScripts(/crowd-slider\[[^\]]*\]'\)\.onchange/),
  'change of a classifier': inScripts(/addEventListener\('change'/),
  'checked of radio buttons': inScripts(/\.checked\b/),
  'disables and enables a button': inScripts(/\.disabled =/),
  'onclick in the markup': withElement(({ attributes }) => attributes.has('onclick')),
  'onload in the markup': withElement(({ attributes }) => attributes.has('onload')),
  eval: inScripts(/\beval\(/),
  'currentTime of a player': inScripts(/\.currentTime =/),
  'the size of a film': inScripts(/\.videoWidth/),
  'the size of a picture': inScripts(/\.naturalWidth/),
  'a script before the form': ({ html }) => /<script>[\s\S]*<crowd-form/.test(html),
};

/** All cells that a template fills. */
export function cellsOf({ html }: Pick<CorpusTemplate, 'html'>): ReadonlySet<string> {
  const elements = readPage(html);
  const handlers = elements.flatMap(({ attributes }) =>
    [...attributes].filter(([name]) => name.startsWith('on')).map(([, { value }]) => value),
  );
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) => script);
  const page: Page = { html, elements, scripts: [...scripts, ...handlers].join('\n') };
  const signs = [...Object.entries(quirks), ...Object.entries(habits)].filter(([, isThere]) => isThere(page));
  return new Set([...elements.flatMap(elementCells), ...liquidCells(html), ...signs.map(([name]) => name)]);
}

function elementCells(element: PageElement): string[] {
  const { tag, attributes } = element;
  const type = tag === 'input' ? `[type=${given(element, 'type') || 'text'}]` : '';
  return [tag, `${tag}${type}`, ...[...attributes.keys()].map((name) => `${tag} ${name}`)];
}

/** Filters with and without arguments, tags, operators, and ways of naming things. */
function liquidCells(html: string): string[] {
  const inside = [...html.matchAll(/\{\{([\s\S]*?)\}\}|\{%([\s\S]*?)%\}/g)].map(
    ([, output, tag]) => output ?? tag ?? '',
  );
  const cells = inside.flatMap((text) => [
    ...[...text.matchAll(/\|\s*(\w+)(:)?/g)].map(([, name, colon]) => `| ${name}${colon ? ':' : ''}`),
    ...[...text.matchAll(/forloop\.(?:parentloop\.)?\w+/g)].map(([name]) => name),
    ...[...text.matchAll(/ (==|!=|<|>|and|or|null|empty)(?= |$)/g)].map(([, name]) => `operator ${name}`),
    ...(/\| to_json \| escape/.test(text) ? ['| to_json | escape'] : []),
    ...(/\['[\w-]+'\]/.test(text) ? ["['key']"] : []),
    ...(/\[\w+\.\w+\]/.test(text) ? ['[variable]'] : []),
    ...(/\[0\]/.test(text) ? ['[0]'] : []),
    ...(/\w\?/.test(text) ? ['name?'] : []),
    ...(/^\s*task\.input\s*(?:\||$)/.test(text) ? ['task.input'] : []),
    ...(/^\s*'s3:/.test(text) ? ["'literal' | grant_read_access"] : []),
    ...(/(?:times|divided_by): [a-z]/.test(text) ? ['| filter: variable'] : []),
  ]);
  const tags = [...html.matchAll(/\{%-?\s*(\w+)/g)].map(([, name]) => `{% ${name} %}`);
  return [...cells, ...tags];
}
