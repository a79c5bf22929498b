import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseJsonAttribute as parseInBrowser } from '../../../../elements/src/internal/json-attribute.ts';
import { threadClock } from '../render-clock.ts';
import { defaultLimits } from '../render-limits.ts';
import { createTemplateEngine } from '../render-template.ts';
import { checkTemplate } from './check-template.ts';
import { crowdElements } from './crowd-elements.ts';
import { parseJsonAttribute } from './json-attribute.ts';

const engine = createTemplateEngine(defaultLimits, threadClock);
const presign = {
  endpoint: 'http://localhost:7800',
  region: 'us-east-1',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  expiresInSeconds: 3600,
  now: Date.UTC(2026, 0, 2, 3, 4, 5),
};

function findingsOf(template: string, input?: unknown) {
  if (input === undefined) return checkTemplate(template);
  const request = { input: JSON.stringify(input), presign };
  return checkTemplate(template, (source, time) => engine.trial(engine.prepare(source), request, time));
}

/** `line:column severity code message`. */
const shown = (template: string, input?: unknown): string[] =>
  findingsOf(template, input).map(
    ({ severity, code, message, line, column }) =>
      `${line === undefined ? '' : `${line}:${column} `}${severity} ${code} ${message}`,
  );

const inForm = (content: string): string => `<crowd-form>\n${content}\n</crowd-form>`;

type Case = readonly [template: string, input: unknown, ...findings: string[]];

const tables: Record<string, readonly Case[]> = {
  'the syntax of Liquid': [
    ['a {{ x', undefined, '1:3 Error TemplateSyntaxError output "{{ x" not closed'],
    [inForm('{% if true %}'), undefined, '2:1 Error TemplateSyntaxError tag {% if true %} not closed'],
    [
      inForm('{{ task.input.a | upcse }}{{ task.input.b | upcse }}{{ task.input.c | nothing_like_it }}'),
      undefined,
      '2:1 Error TemplateSyntaxError undefined filter: upcse. Did you mean upcase?',
      '2:53 Error TemplateSyntaxError undefined filter: nothing_like_it',
    ],
    [
      inForm('\n{% fro x in task.input.l %}{{ x }}{% endfro %}{% endif %}{% bogus %}'),
      undefined,
      '3:1 Error TemplateSyntaxError tag "fro" not found. Did you mean for?',
      '3:47 Error TemplateSyntaxError tag "endif" not found: no block that it could belong to is open here',
      '3:58 Error TemplateSyntaxError tag "bogus" not found',
    ],
    [
      inForm('{% render "x" %}{% if false %}{% include "y" %}{% endif %}'),
      { a: 1 },
      '2:1 Error TemplateRenderError tag "render" is not available: templates cannot load other files',
      '2:31 Error TemplateRenderError tag "include" is not available: templates cannot load other files',
    ],
  ],
  'variables without a sample input': [
    [
      inForm('{{ taks.input.text }}'),
      undefined,
      '2:4 Error UndefinedTemplateVariable undefined variable taks: there are only task and what the template itself assigns, captures or loops over. Did you mean task?',
    ],
    [
      inForm('{{ task.inputs.text }}{{ task.text }}'),
      undefined,
      '2:4 Error UndefinedTemplateVariable undefined variable inputs: task has only input. Did you mean input?',
      '2:26 Error UndefinedTemplateVariable undefined variable text: task has only input.',
    ],
    [
      inForm('{% if taks.input.a %}x{% endif %}{{ labels | default: "none" }}'),
      undefined,
      '2:7 Warning UndefinedTemplateVariable undefined variable taks: there are only task and what the template itself assigns, captures or loops over. Did you mean task? It counts as empty here.',
      '2:37 Warning UndefinedTemplateVariable undefined variable labels: there are only task and what the template itself assigns, captures or loops over. It counts as empty here.',
    ],
    [
      inForm('{% for row in rows %}{{ row.a }}{{ forloop.index }}{% endfor %}{{ row.a }}'),
      undefined,
      '2:15 Error UndefinedTemplateVariable undefined variable rows: there are only task and what the template itself assigns, captures or loops over.',
      '2:67 Error UndefinedTemplateVariable undefined variable row: there are only task and what the template itself assigns, captures or loops over.',
    ],
    [
      inForm(
        '{{ task.input.map[k] }}{% assign k = 1 %}{% capture c %}{{ k }}{% endcapture %}{{ c }}{% increment n %}{{ n }}{% tablerow t in task.input.l %}{{ t }}{{ tablerowloop.col }}{% endtablerow %}{{ empty }}{{ task.input.size }}{{ (1..3) | size }}',
      ),
      undefined,
    ],
  ],
  'variables with a sample input': [
    [
      inForm('<p>{{ task.input.imageurl }}</p>{{ task.input.a.b.colr }}'),
      { 'image-url': 'u', a: { b: { color: 1 } } },
      '2:7 Error UndefinedTemplateVariable undefined variable imageurl: the sample input has no imageurl. Did you mean image-url?',
      '2:36 Error UndefinedTemplateVariable undefined variable colr: the sample input has no a.b.colr. Did you mean color?',
    ],
    [
      inForm('{% for item in task.input.items %}{{ item.nmae }}{% endfor %}{{ itme.name }}'),
      { items: [{ name: 'n' }, { name: 'm' }] },
      '2:38 Error UndefinedTemplateVariable undefined variable nmae: item.nmae is not there with the sample input. Did you mean name?',
      '2:65 Error UndefinedTemplateVariable undefined variable itme: there are only task and what the template itself assigns, captures or loops over.',
    ],
    [
      inForm('{% assign x = task.input.gone %}{{ x }}{{ task.input.map[task.input.who] }}'),
      { map: {}, who: 'Jane' },
      '2:36 Error UndefinedTemplateVariable undefined variable x: the template defines it, but with the sample input it has no value.',
      '2:43 Error UndefinedTemplateVariable undefined variable task.input.who: the sample input has no map.task.input.who.',
    ],
    [inForm('{% if task.input.note %}{{ task.input.note }}{% endif %}'), {}],
    [
      inForm('{{ task.input.u | grant_read_access }}'),
      { u: 'https://example.com/a.png' },
      '2:1 Error InvalidParameters "grant_read_access" input is not a valid S3 URI: "https://example.com/a.png".',
    ],
    [
      inForm('\n  {{ task.input.t | url_decode }}'),
      { t: '%' },
      '3:3 Error TemplateRenderError filter "url_decode" failed',
    ],
  ],
  'what is printed into code and markup': [
    [
      inForm('{{ task.input.html | skip_autoescape }}{% assign h = task.input.x | skip_autoescape %}'),
      undefined,
      '2:1 Warning UnsafeOutput skip_autoescape prints markup and scripts of the input as they are. Whoever can write the input can then act in this page.',
      '2:40 Warning UnsafeOutput skip_autoescape prints markup and scripts of the input as they are. Whoever can write the input can then act in this page.',
    ],
    [inForm('{% capture x %}<b>{{ task.input.t }}</b>{% endcapture %}{{ x | skip_autoescape }}'), undefined],
    [
      inForm('<script>\nconst a = "{{ task.input.a }}";\nconst b = {{ task.input.b | to_json }};</script>'),
      undefined,
      '3:12 Warning ScriptOutput This puts text with HTML entities into a script. to_json makes it a value of the script: const value = {{ … | to_json }};',
    ],
    [
      inForm(
        '{% assign j = task.input | to_json %}<script>const n = {{ task.input.l | size }}, i = {{ j }}, s = {{ "x" }}; {% for x in task.input.l %}f({{ forloop.index0 }});{% endfor %}</script><script type="text/template"><p>{{ task.input.t }}</p></script>',
      ),
      undefined,
    ],
    [
      inForm('<p onclick="f(\'{{ task.input.t }}\')" title="{{ task.input.t }}"></p>'),
      undefined,
      '2:16 Warning ScriptOutput In onclick the browser undoes the escaping, so that a quote in what is printed becomes code. Use {{ … | to_json | escape }}, or read it from a data attribute.',
    ],
    [
      inForm(
        '<img alt="" src={{ task.input.u }}><crowd-slider name="s" max={{ task.input.l | size }} min=1></crowd-slider>',
      ),
      undefined,
      '2:17 Warning UnquotedOutput The value of src needs quotes: the first space in what is printed would end it.',
    ],
  ],
  elements: [
    [
      '<crowd-from>\n<crowd-inptu name="a"></crowd-inptu></crowd-from>',
      undefined,
      'Error NoCrowdForm There is no crowd-form, so nothing can be submitted.',
      '1:1 Error UnknownElement There is no element <crowd-from>, so it shows and answers nothing. Did you mean crowd-form?',
      '2:1 Error UnknownElement There is no element <crowd-inptu>, so it shows and answers nothing. Did you mean crowd-input?',
    ],
    [
      inForm('<crowd-something-else></crowd-something-else><crow-input name="a"></crow-input><my-input></my-input>'),
      undefined,
      '2:1 Error UnknownElement There is no element <crowd-something-else>, so it shows and answers nothing.',
      '2:46 Warning UnknownElement There is no element <crow-input>. Did you mean crowd-input?',
    ],
    [
      inForm('<crowd-crad>x</crowd-crad><crowd-taps></crowd-taps><crowd-bagde></crowd-bagde><crow-tabs></crow-tabs>'),
      undefined,
      '2:1 Error UnknownElement There is no element <crowd-crad>, so it shows and answers nothing. Did you mean crowd-card?',
      '2:27 Error UnknownElement There is no element <crowd-taps>, so it shows and answers nothing. Did you mean crowd-tabs?',
      '2:52 Error UnknownElement There is no element <crowd-bagde>, so it shows and answers nothing. Did you mean crowd-badge?',
      '2:79 Warning UnknownElement There is no element <crow-tabs>. Did you mean crowd-tabs?',
    ],
    [
      inForm('<crowd-tabs><crowd-tab header="A"><crowd-input name="a"></crowd-input></crowd-tab></crowd-tabs>'),
      undefined,
    ],
    [
      inForm('<crowd-classifier name="a" header="b"></crowd-classifier>'),
      undefined,
      '2:1 Error MissingAttribute <crowd-classifier> needs the attribute categories.',
    ],
    [
      inForm(
        '<crowd-classifier name="a" {{ task.input.more }}></crowd-classifier><crowd-classifier id="c" name="b"></crowd-classifier><script>c.categories = ["x"]</script>',
      ),
      undefined,
    ],
    [
      inForm(
        `<crowd-classifier name="a" categories="['x' 'y']"></crowd-classifier><crowd-classifier name="b" categories="{a: 1}"></crowd-classifier><crowd-classifier name="c" categories="['x', // first\n 'y',]"></crowd-classifier>`,
      ),
      undefined,
      `2:28 Error UnreadableList The categories of <crowd-classifier> cannot be read as a list: JSON5: invalid character '\\'' at 1:6.`,
      '2:97 Error UnreadableList The categories of <crowd-classifier> cannot be read as a list: it is no list.',
    ],
    [
      inForm(
        `<crowd-classifier name="a" categories="{{ task.input.good }}"></crowd-classifier>\n<crowd-classifier name="b" categories='{{ task.input.bad }}'></crowd-classifier>{% for l in task.input.lists %}<crowd-classifier name="{{ forloop.index }}" categories="{{ l | to_json | escape }}"></crowd-classifier>{% endfor %}`,
      ),
      { good: ['<"&\'>', 'b'], bad: 'a, b', lists: [['x'], 'y'] },
      "3:28 Error UnreadableList The categories of <crowd-classifier> cannot be read as a list: JSON5: invalid character 'a' at 1:1.",
      '3:157 Error UnreadableList The categories of <crowd-classifier> cannot be read as a list: it is no list.',
    ],
    [
      inForm(
        '<img alt="" src="{{ task.input.u }}"><img alt="" src="{{ task.input.u | grant_read_access }}"><doc-viewer src="s3://b/k"></doc-viewer>{% if false %}<img alt="" src="{{ task.input.u }}">{% endif %}',
      ),
      { u: 's3://bucket/key' },
      '2:13 Error AddressNotGranted A browser cannot open the s3:// address in src of <img>; print it with {{ … | grant_read_access }}.',
      '2:107 Warning AddressNotGranted A browser cannot open the s3:// address in src of <doc-viewer>; print it with {{ … | grant_read_access }}.',
    ],
  ],
  'elements that a slash does not close': [
    [
      inForm('<crowd-input name="a" />\n<crowd-input name="b"/>\n<p>The end</p>'),
      undefined,
      ...['2:1', '3:1'].map(
        (place) =>
          `${place} Error ElementNotClosed The slash does not close <crowd-input>: what follows becomes its content, which is not shown. Write <crowd-input …></crowd-input>.`,
      ),
    ],
    [
      inForm('<Crowd-Text-Area name="a"/>words<crowd-button/>Send<input name="b">'),
      undefined,
      '2:1 Error ElementNotClosed The slash does not close <Crowd-Text-Area>: what follows becomes its content, which is not shown. Write <Crowd-Text-Area …></Crowd-Text-Area>.',
      '2:33 Error ElementNotClosed The slash does not close <crowd-button>: what follows becomes its content, controls too. Write <crowd-button …></crowd-button>.',
    ],
    [
      inForm('{% for x in task.input.l %}<crowd-checkbox name="{{ x }}"/>{% endfor %}'),
      undefined,
      '2:28 Error ElementNotClosed The slash does not close <crowd-checkbox>: what follows becomes its content, controls too. Write <crowd-checkbox …></crowd-checkbox>.',
    ],
    [
      inForm('<crowd-slider name="a" min="1" max="5"/><svg></svg>'),
      undefined,
      '2:1 Warning ElementNotClosed The slash does not close <crowd-slider>: what follows becomes its content. Write <crowd-slider …></crowd-slider>.',
    ],
    [
      inForm('<iron-icon icon="star"/> <crowd-input name="a"></crowd-input>'),
      undefined,
      '2:1 Warning ElementNotClosed The slash does not close <iron-icon>: what follows becomes its content. Write <iron-icon …></iron-icon>.',
    ],
    [
      inForm('{% if task.input.a %}<crowd-input name="a"/>{% else %}none<b></b>{% endif %}after'),
      undefined,
      '2:22 Error ElementNotClosed The slash does not close <crowd-input>: what follows becomes its content, which is not shown. Write <crowd-input …></crowd-input>.',
    ],
  ],
  controls: [
    ['<p>x</p>', undefined, 'Error NoCrowdForm There is no crowd-form, so nothing can be submitted.'],
    [
      '<script src="app.js"></script><div id="root"></div>',
      undefined,
      'Warning NoCrowdForm There is no crowd-form, so nothing can be submitted unless a script makes one.',
    ],
    [
      `${inForm('a')}${inForm('b')}`,
      undefined,
      '3:14 Error SeveralCrowdForms There is more than one crowd-form, and only the answer of the one that is submitted is kept.',
    ],
    [
      `<input name="before">${inForm('<input name="in">')}<crowd-input name="{{ task.input.n }}"></crowd-input><input><button name="b">x</button>`,
      undefined,
      '1:1 Warning ControlOutsideForm <input> named before stands outside the crowd-form, so it is not in the answer.',
      '3:14 Warning ControlOutsideForm <crowd-input> stands outside the crowd-form, so it is not in the answer.',
      '3:67 Warning ControlWithoutName <input> has no name, so what workers enter there is not in the answer.',
    ],
    [
      inForm(
        '<crowd-input></crowd-input><crowd-checkbox name=""></crowd-checkbox><select></select><textarea></textarea><input type="date"><input type="submit"><input type="button"><button>b</button><crowd-button>c</crowd-button><crowd-radio-group></crowd-radio-group>',
      ),
      undefined,
      '2:1 Warning ControlWithoutName <crowd-input> has no name, so what workers enter there is not in the answer.',
      '2:28 Warning ControlWithoutName <crowd-checkbox> has no name, so what workers enter there is not in the answer.',
      '2:69 Warning ControlWithoutName <select> has no name, so what workers enter there is not in the answer.',
      '2:86 Warning ControlWithoutName <textarea> has no name, so what workers enter there is not in the answer.',
      '2:107 Warning ControlWithoutName <input type="date"> has no name, so what workers enter there is not in the answer.',
    ],
    [
      inForm('<crowd-classifier categories="[\'a\']"></crowd-classifier>'),
      undefined,
      '2:1 Error ControlWithoutName <crowd-classifier> has no name, so what workers enter there is not in the answer.',
    ],
    [
      inForm('<input name="a">\n<crowd-input name="a"></crowd-input><crowd-checkbox name="a"></crowd-checkbox>'),
      undefined,
      '3:1 Warning DuplicateName The name a is used before; the answer has only the value of the last control of a name.',
      '3:37 Warning DuplicateName The name a is used before; the answer has only the value of the last control of a name.',
    ],
    [
      inForm('<crowd-checkbox name="a">x</crowd-checkbox><crowd-checkbox name="a">y</crowd-checkbox>'),
      undefined,
      '2:44 Warning DuplicateName <crowd-checkbox> has the same name a and the same value as an earlier one, so the answer cannot tell them apart.',
    ],
    [
      inForm('{% for x in task.input.l %}<input name="a"><input name="b{{ x }}">{% endfor %}'),
      undefined,
      '2:28 Warning DuplicateName The name a is the same in every turn of the loop, so the answer has only the last one. Add something of the loop to it, such as {{ forloop.index }}.',
    ],
    [
      inForm(
        '{% if task.input.a %}<input name="a">{% elsif task.input.b %}<input name="a">{% else %}<input name="a">{% endif %}{% case task.input.c %}{% when 1 %}<input name="c">{% else %}<select name="c"></select>{% endcase %}<input type="radio" name="r" value="1"><input type="radio" name="r" value="2"><crowd-checkbox name="r" value="3"></crowd-checkbox>{% for x in task.input.l %}<input type="checkbox" name="t" value="{{ x }}">{% endfor %}<input name="_"><input type="hidden" name="_" value="_"><input name="d" disabled><input name="d">',
      ),
      undefined,
    ],
  ],
};

describe.each(Object.entries(tables))('%s', (_, cases) => {
  it.each(cases.map(([template, input, ...findings]) => ({ template, input, findings })))(
    '$template',
    ({ template, input, findings }) => {
      expect(shown(template, input)).toEqual(findings);
    },
  );
});

/** What templates in use do, each with what may be said about it. */
const habits: readonly (readonly [habit: string, template: string, input: object, codes?: readonly string[]])[] = [
  [
    'elements that a script makes or writes, and a clone',
    inForm(`<div id="out"></div><crowd-input id="proto" name="row" label="x"></crowd-input><script>
      out.innerHTML = '<crowd-alert type="error">No</crowd-alert><crowd-inputt></crowd-inputt>';
      const card = document.createElement('crowd-card'); out.append(card, document.getElementById('proto').cloneNode(true));
      document.addEventListener('all-crowd-elements-ready', () => { out.labels = out.labels.concat(['a']); });
    </script>`),
    {},
  ],
  [
    'Liquid in HTML comments and in Liquid comments',
    inForm(
      '<!-- {{ task.input.t }} <crowd-entity-annotator></crowd-entity-annotator> -->{% comment %}<crowd-inpt>{{ nothing.x }}{% endcomment %}{% # note %}<input name="a">',
    ),
    { t: 'x --' },
  ],
  [
    'native controls, with a native form inside',
    inForm(
      '<form><input type="text" name="a b"><input type="hidden" name="q.0" value="1"><input type=date required name=d><textarea name="t[0]"></textarea><select name="s" multiple><option>1</select><input type="checkbox" name="c" value="x"><input type="checkbox" name="c" value="y"></form>',
    ),
    {},
  ],
  [
    'a checkbox without a name that enables the submit button',
    inForm(
      '<crowd-checkbox id="sure" onclick="toggle()">Sure</crowd-checkbox><input type="checkbox" id="also"><crowd-button id="send" form-action="submit" disabled>Send</crowd-button><script>function toggle() { send.disabled = !sure.checked || !also.checked }</script>',
    ),
    {},
  ],
  [
    'disabled controls without a name',
    inForm('<crowd-checkbox disabled></crowd-checkbox><input disabled><select disabled></select>'),
    {},
  ],
  [
    'tags of Vue and Angular',
    `<app-root></app-root><div id="app" v-cloak><v-select v-model="kind"></v-select><input v-model="note"><input :name="n"><input [(ngModel)]="x"><template v-for="row in rows"><input><input name="row"></template>{% raw %}{{ row.text }}{% endraw %}</div>${inForm('<input type="hidden" name="result"><div is="vue:x"></div>')}<script src="https://unpkg.com/vue"></script>`,
    {},
  ],
  [
    'a page that is all script',
    '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script><div id="root"></div><script type="module">import { run } from "https://example.com/app.js"; run({{ task.input | to_json }})</script>',
    {},
    ['NoCrowdForm'],
  ],
  [
    'an element of somebody else',
    `<script src="https://example.com/skeleton.js"></script>${inForm('<crowd-2d-skeleton name="pose"></crowd-2d-skeleton>')}`,
    {},
    ['UnknownElement'],
  ],
  [
    'an element that the page defines itself',
    inForm(
      '<crowd-2d-thing></crowd-2d-thing><script>customElements.define("crowd-2d-thing", class extends HTMLElement {})</script>',
    ),
    {},
  ],
  [
    'text annotation without a form around it',
    `<crowd-entity-annotation name="ner" header="H" text="{{ task.input.text }}" labels="{{ task.input.labels }}" initial-value="{{ task.input.initial }}"><short-instructions>x</short-instructions><div id="extra"><input name="more"></div></crowd-entity-annotation>`,
    { text: 'a', labels: [{ label: 'verb', shortDisplayName: 'v' }, 'noun'], initial: [] },
    [],
  ],
  [
    'lists printed with and without to_json, and set by script',
    inForm(
      `<crowd-keypoint id="annotator" name="k" src="{{ task.input.u | grant_read_access }}" labels="{{ task.input.l }}"></crowd-keypoint><crowd-polygon name="p" src="{{ task.input.u | grant_read_access }}" labels="{{ task.input.l | to_json | escape }}"></crowd-polygon><crowd-line name="l" src="{{ task.input.u | grant_read_access }}" labels="[]"></crowd-line><script>annotator.labels = []</script>`,
    ),
    { u: 's3://bucket/with space.png', l: ["it's", 'b'] },
    [],
  ],
  [
    'an address that is captured',
    inForm(
      '{% capture s3_uri %}http://s3.amazonaws.com/{{ task.input.b }}/{{ task.input.k }}{% endcapture %}<img alt="" src="{{ s3_uri | grant_read_access }}"><a href="{{ s3_uri | grant_read_access }}">x</a>',
    ),
    { b: 'bucket', k: 'R&D.png' },
  ],
  [
    'names with brackets and hyphens, computed keys, hashes, loops in loops',
    inForm(
      `<p>{{ task.input.source-ref }}{{ task.input['source-ref'] }}{{ task.input }}</p>{% assign id = task.input.id %}{{ task.input.map[id] }}{% for p in task.input.map %}{{ p[0] }}={{ p[1] }}{% for x in task.input.l %}<crowd-text-area name="t{{ forloop.parentloop.index }}-{{ forloop.index0 }}" value="{{ x.v | times: 100 | round: 1 }}"></crowd-text-area>{% endfor %}{% else %}none{% endfor %}{% if task.input.none == null or task.input.l == empty %}x{% elsif task.input.n > 1 and task.input.n < 3 %}y{% endif %}{% increment n %}`,
    ),
    { 'source-ref': 'r', id: 'a', map: { a: 1 }, l: [{ v: 0.5 }], n: 2 },
  ],
  [
    'a form in a table cell, selects with computed names, a loop in a script',
    `<!DOCTYPE html><table><tr><td>${inForm('{% for l in task.input.l %}<select name="ddl-{{ task.input.t }}-{{ l }}" required><option value="">-</option></select>{% endfor %}<script>const seen = []; {% for l in task.input.l %} seen.push({{ l | to_json }}); {% endfor %}</script>')}</td></tr></table>`,
    { t: 17, l: ['a', 'b'] },
  ],
  [
    'the same name in every row, and radio names that two tables share',
    inForm(
      '<table>{% for r in task.input.rows %}<tr><td><input name="cell"><input name="cell"></td></tr>{% endfor %}</table><table><tr><td><input type="radio" name="g" value="a"></table><table><tr><td><input type="radio" name="g" value="b"></table>',
    ),
    { rows: [1] },
    ['DuplicateName', 'DuplicateName'],
  ],
  [
    'radio buttons in a group, each with a name of its own, and instructions in the form',
    inForm(
      '<short-instructions>Read</short-instructions><full-instructions header="H">x</full-instructions><classification-target>plain</classification-target><crowd-radio-group name="ignored"><crowd-radio-button name="cat" value="yes">Cat</crowd-radio-button><br><crowd-radio-button name="dog" value="yes">Dog</crowd-radio-button></crowd-radio-group><classification-reasons-container></classification-reasons-container><iron-icon icon="star"></iron-icon>',
    ),
    {},
  ],
  [
    'both generations, a slider with labels, tags that look closed',
    `<link rel="stylesheet" href="https://assets.crowd.aws/css/crowd-html-elements-v2.css"><script src="https://assets.crowd.aws/crowd-html-elements-v2.js"></script><script src="https://assets.crowd.aws/crowd-html-elements.js"></script>${inForm('<crowd-slider name="s" min=1 max=5 pin="true" required><crowd-slider-label position="1">low</crowd-slider-label></crowd-slider><crowd-input name="a" /></crowd-input><crowd-toggle-button name="t"></crowd-toggle-button>')}`,
    {},
  ],
  [
    'elements that look closed as the last ones of their block, or are closed all the same',
    inForm(
      `<p><crowd-checkbox name="f" />Sure</crowd-checkbox> <crowd-input name="a" /></p><div><crowd-text-area name="b"/><br>&nbsp;<!-- x --><script>f()</script></div>
      <table>{% for r in task.input.l %}<tr><td><crowd-checkbox name="{{ r }}"/></td><td>x</td></tr>{% endfor %}</table>
      {% if task.input.l %}<crowd-input name="c"/>{% else %}none <crowd-input name="c"/>{% endif %}<input type="hidden" name="d" value="e">`,
    ),
    { l: ['r'] },
  ],
  [
    'attributes that are there sometimes',
    inForm(
      '<crowd-classifier name="c" {% if task.input.l %}categories="{{ task.input.l }}"{% endif %} header="x"></crowd-classifier><crowd-input {% if true %}name="a"{% else %}name="b"{% endif %}></crowd-input><crowd-{{ task.input.kind }} name="k"></crowd-{{ task.input.kind }}><crowd-{% if true %}input{% endif %} name="m">',
    ),
    { l: ['a'], kind: 'input' },
  ],
  [
    'the placeholders of another service',
    inForm(`<img alt="" src="\${image_url}"><crowd-input name="a"></crowd-input>`),
    {},
  ],
];

describe('templates in use', () => {
  it.each(habits.map(([habit, template, input, codes = []]) => ({ habit, template, input, codes })))(
    '$habit',
    ({ template, input, codes }) => {
      expect(findingsOf(template, input).filter(({ severity }) => severity === 'Error')).toEqual([]);
      expect(findingsOf(template).filter(({ severity }) => severity === 'Error')).toEqual([]);
      expect(findingsOf(template, input).map(({ code }) => code)).toEqual(codes);
    },
  );
});

/** Everything above that has an input, and what only rendering can find. */
const rendered: [template: string, input: unknown][] = [
  ...Object.values(tables).flat(),
  ...habits.map(([, template, input]) => [template, input] as const),
  ['{{ task.input.a }}{{ task.input.a }}{{ b }}{% if true %}{{ b }}{{ task.c }}{% endif %}', {}] as const,
  ['{% for x in (1..9) %}{{ x.a }}{% endfor %}{{ "x" | date: "%999999999d" }}', {}] as const,
  ['{% for a in (1..100000000) %}{% endfor %}', {}] as const,
  ['{{ task.input.l | where_exp: "x", "(" }}{{ "" | grant_read_access }}{{ forloop }}', { l: [1] }] as const,
  ['{% if true %}', {}] as const,
  ['{{ x | none }}{% bogus %}', {}] as const,
].flatMap(([template, input]) => (input === undefined ? [] : [[template, input]]));

it.each(rendered)('has every fault of rendering, once: %s', (template, input) => {
  const { errors } = engine.render(engine.prepare(template), {
    input: JSON.stringify(input),
    presign,
    assetsUrl: '/assets',
  });
  const findings = findingsOf(template, input);
  for (const { code, message } of errors) {
    const [, sentence = '', line, column] = /^(.*?)(?: \(line (\d+), column (\d+)\))?$/s.exec(message)!;
    const same = findings.filter((each) => each.severity === 'Error' && each.code === code);
    const told = same.filter((each) => each.message.startsWith(sentence));
    expect(told.length, message).toBeGreaterThan(0);
    if (line !== undefined) expect(told[0]).toMatchObject({ line: Number(line), column: Number(column) });
  }
  const keys = findings.map(({ code, line, column, message }) => `${code} ${line}:${column} ${message.split(':')[0]}`);
  expect(keys).toEqual([...new Set(keys)]);
});

it.each([
  ['of 128,000 characters is not', 'x'.repeat(127_974), 0],
  ['of one more is', 'x'.repeat(127_975), 1],
  ['of as many characters outside the basic plane is not', '😀'.repeat(127_974), 0],
])('a template %s too long', (_, text, count) => {
  const template = `<crowd-form>${text}</crowd-form> `;
  expect(findingsOf(template).map(({ code }) => code)).toEqual(Array(count).fill('TemplateTooLong'));
});

it('stops at a page that unfolds without end, and says what it found before', () => {
  const unfolding = Array.from({ length: 9000 }, (_, index) => `<p><b a${index}>`).join('');
  expect(shown(`{{ taks }}${unfolding}`)).toEqual([
    'Error RenderLimitExceeded the page has more elements than can be checked',
    '1:4 Error UndefinedTemplateVariable undefined variable taks: there are only task and what the template itself assigns, captures or loops over. Did you mean task?',
  ]);
});

it('lists two hundred findings and counts the rest', () => {
  const found = findingsOf(inForm('<input>\n'.repeat(500)));
  expect(found).toHaveLength(201);
  expect(found[0]).toMatchObject({ line: 2 });
  expect(found[200]).toEqual({
    severity: 'Warning',
    code: 'MoreFindings',
    message: 'There are 300 more findings; mend these first.',
  });
});

it('counts lines and columns as editors do, behind Liquid, line ends of every kind and emoji', () => {
  const found = findingsOf('<crowd-form>\r\n{{ task.input.a\n }}😀 <input>\n{% # x\n %}<input></crowd-form>');
  expect(found.map(({ line, column }) => [line, column])).toEqual([
    [3, 7],
    [5, 4],
  ]);
});

it('knows the elements that there are, and no others', () => {
  const elements = new URL('../../../../elements/src/elements/', import.meta.url);
  const tags = readdirSync(elements).filter((tag) => tag.startsWith('crowd-'));
  expect(tags.length).toBeGreaterThan(30);
  expect([...crowdElements.keys()].sort()).toEqual(tags.sort());
});

it.each([
  '["a","b"]',
  "['Positive', 'Negative',]",
  "{ text: 'None of these' }",
  "[ // first\n 'a', /* second */ 'b' ]",
  '{ src: https://host/a.png?x=1, labels: ["a"] }',
  '{"src": s3://bucket/key}',
  '  ',
  '[',
  "['a' 'b']",
  'Positive',
])('reads %j as the elements do', (text) => {
  const [here, there] = [parseJsonAttribute(text), parseInBrowser(text)];
  expect('value' in here ? here.value : undefined).toEqual('value' in there ? there.value : undefined);
  expect('error' in here).toBe(there.error !== undefined);
});
