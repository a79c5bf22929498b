import { describe, expect, it } from 'vitest';
import { threadClock } from './render-clock.ts';
import { defaultLimits } from './render-limits.ts';
import { createTemplateEngine } from './render-template.ts';

const presign = {
  endpoint: 'http://localhost:7800',
  region: 'us-east-1',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  expiresInSeconds: 3600,
  now: Date.UTC(2026, 0, 2, 3, 4, 5),
};
const endless = { now: () => 0, worked: () => 0 };
const engine = createTemplateEngine(defaultLimits, endless);
const impatient = createTemplateEngine({ ...defaultLimits, time: 400 }, threadClock);

function render(template: string, input: unknown = {}, by = engine) {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  return by.render(by.prepare(template), { input: text, presign, assetsUrl: '/assets' });
}

const pages: [title: string, cases: [template: string, input: unknown, page: string][]][] = [
  [
    'escapes once',
    [
      [`{{ "'James & the Giant Peach'" }}`, {}, '&#39;James &amp; the Giant Peach&#39;'],
      [`{{ "'James & the Giant Peach'" | escape }}`, {}, '&#39;James &amp; the Giant Peach&#39;'],
      [`{{ "'James &amp; x'" | escape_once }}`, {}, '&#39;James &amp; x&#39;'],
      [`{{ "'James & the Giant Peach'" | skip_autoescape }}`, {}, `'James & the Giant Peach'`],
      ['{{ task.input.o | to_json }}', { o: { a: '<"&' } }, '{"a":"<\\"&"}'],
      ['{{ task.input.o | to_json | escape }}', { o: { a: '<' } }, '{&quot;a&quot;:&quot;&lt;&quot;}'],
      ['{{ task.input.t }}', { t: `<>&"'` }, '&lt;&gt;&amp;&quot;&#39;'],
      ['{{ task.input.t | escape | escape }}', { t: '<' }, '&lt;'],
      ['{{ task.input.t | escape | append: "<b>" }}', { t: '&' }, '&amp;&lt;b&gt;'],
      ['{{ task.input.t | escape | newline_to_br | skip_autoescape }}', { t: '<\n' }, '&lt;<br />\n'],
      ['{% assign x = task.input.t | escape %}{{ x }}', { t: '<' }, '&lt;'],
      ['{% echo task.input.t %}', { t: '<' }, '&lt;'],
      ['{% cycle task.input.t, "b" %}', { t: '<' }, '&lt;'],
      [
        '{{ task.input.t | escape_once }}',
        { t: '&amp;lt; &lt; &#60; & &bogus' },
        '&amp;lt; &lt; &#60; &amp; &amp;bogus',
      ],
    ],
  ],
  [
    'captures',
    [
      ['{% capture x %}{{ task.input.t }}{% endcapture %}{{ x }}', { t: '<&' }, '&lt;&amp;'],
      ['{% capture x %}{{ task.input.t | escape }}{% endcapture %}{{ x }}', { t: '<&' }, '&lt;&amp;'],
      ['{% capture x %}<b>{{ task.input.t }}</b>{% endcapture %}{{ x }}', { t: '&' }, '&lt;b&gt;&amp;&lt;/b&gt;'],
      ['{% capture x %}<b>{{ task.input.t }}</b>{% endcapture %}{{ x | skip_autoescape }}', { t: '<' }, '<b>&lt;</b>'],
      [
        '{% capture x %}{{ task.input.t }}{% endcapture %}{% capture y %}{{ x }}{% endcapture %}{{ y }}',
        { t: '<' },
        '&lt;',
      ],
      ['{% capture x %}{{ task.input.t }}{% endcapture %}{{ x | size }} {{ x.size }}', { t: '<&' }, '2 2'],
      ['{% capture x %}a{% endcapture %}{% if x == "a" %}same{% endif %}', {}, 'same'],
      ['{% capture x %}b,a{% endcapture %}{{ x | split: "," | sort | join: "+" }}', {}, 'a+b'],
    ],
  ],
  [
    'prints',
    [
      ['{{ task.input }}', { a: [1, 'x'], b: null }, '{&quot;a&quot;:[1,&quot;x&quot;],&quot;b&quot;:null}'],
      ['{{ task.input.list }}', { list: ['a', 2] }, '[&quot;a&quot;,2]'],
      ['[{{ task.input.nothing }}]', { nothing: null }, '[]'],
      ['[{{ task.input.nothing.deeper }}]', { nothing: null }, '[]'],
      ['{{ task.input.n }} {{ task.input.f }} {{ task.input.b }}', '{"n":996.0,"f":0.5,"b":false}', '996 0.5 false'],
      ['{{ task.input.done? }}', { 'done?': 'yes' }, 'yes'],
      ['{{ task.input.source-ref }} {{ task.input["source-ref"] }}', { 'source-ref': 'r' }, 'r r'],
      ['{% assign k = task.input.id %}{{ task.input.map[k] }}', { id: '7', map: { 7: 'seven' } }, 'seven'],
      ['{{ task.input.map[task.input.id].name }}', { id: 'a', map: { a: { name: 'n' } } }, 'n'],
      ['{% assign i = 1 %}{{ task.input.list[i].x[0] }}', { list: [{}, { x: ['hit'] }] }, 'hit'],
      ['<!-- {{ task.input.t }} -->', { t: 'seen' }, '<!-- seen -->'],
      ['{{ "naïve 🙂 日本" }} {{ task.input.ключ }}', { ключ: '🙂' }, 'naïve 🙂 日本 🙂'],
      ['{{ task.input.size }} {{ task.input.list.size }} {{ task.input.s.size }}', { list: [1, 2], s: 'abc' }, '2 2 3'],
      ['{{ task.input.list | first }}{{ task.input.list.last }}', { list: [1, 2] }, '12'],
      ['{{ task.input.list }}', { list: [] }, '[]'],
    ],
  ],
  [
    'knows the filters in use',
    [
      ['{{ 4.6 | round }} {{ 4.5612 | round: 2 }}', {}, '5 4.56'],
      ['{% assign f = 2 %}{{ 3 | times: f }} {{ 8 | divided_by: 2 }} {{ 1 | plus: 2 }}', {}, '6 4 3'],
      ['{{ "a" | append: "b" }} {{ "abc" | size }}', {}, 'ab 3'],
      ['{{ task.input.missing | default: "none" }}', {}, 'none'],
      ['{{ task.input.items | where: "ok" | map: "n" }}', { items: [{ n: 1, ok: true }, { n: 2 }] }, '[1]'],
      ['{{ 0 | date: "%Y-%m-%d %H:%M" }}', {}, '1970-01-01 00:00'],
    ],
  ],
  [
    'knows the tags',
    [
      [
        '{% for x in task.input.l %}{{ forloop.index }}{{ forloop.index0 }}{{ x }} {% endfor %}',
        { l: ['a', 'b'] },
        '10a 21b ',
      ],
      ['{% for x in task.input.l %}{{ x }}{% else %}none{% endfor %}', { l: [] }, 'none'],
      ['{% for p in task.input.h %}{{ p[0] }}={{ p[1] }};{% endfor %}', { h: { a: 1, b: 2 } }, 'a=1;b=2;'],
      [
        '{% for a in (1..2) %}{% for b in (1..2) %}{{ forloop.parentloop.index }}{{ b }} {% endfor %}{% endfor %}',
        {},
        '11 12 21 22 ',
      ],
      ['{% for x in (1..9) limit:3 offset:2 reversed %}{{ x }}{% endfor %}', {}, '543'],
      [
        '{% for x in (1..9) %}{% if x == 2 %}{% continue %}{% endif %}{% if x > 3 %}{% break %}{% endif %}{{ x }}{% endfor %}',
        {},
        '13',
      ],
      ['{% if task.input.n == null %}null{% elsif true %}no{% endif %}', { n: null }, 'null'],
      ['{% if task.input.l == empty %}empty{% endif %}', { l: [] }, 'empty'],
      ['{% if task.input.a > 1 and task.input.a < 3 or false %}in{% else %}out{% endif %}', { a: 2 }, 'in'],
      ['{% unless task.input.a %}unset{% endunless %}', {}, 'unset'],
      ['{% case task.input.c %}{% when "a", "b" %}ab{% else %}other{% endcase %}', { c: 'b' }, 'ab'],
      [
        '{% tablerow x in (1..3) cols:2 %}{{ x }}{% endtablerow %}',
        {},
        '<tr class="row1"><td class="col1">1</td><td class="col2">2</td></tr><tr class="row2"><td class="col1">3</td></tr>',
      ],
      ['{% for x in (1..3) %}{% cycle "odd", "even" %} {% endfor %}', {}, 'odd even odd '],
      ['{% increment n %}{% increment n %}{% decrement m %}', {}, '01-1'],
      ['{% comment %}{{ task.input.missing }}{% endcomment %}{% raw %}{{ x }}{% endraw %}', {}, '{{ x }}'],
      ['a {%- if true -%} b {%- endif -%} c', {}, 'abc'],
    ],
  ],
  [
    'forgives tests of what does not exist',
    [
      ['{% if task.input.a %}x{% else %}y{% endif %}', {}, 'y'],
      ['{% if task.input.a.b.c or task.input.d %}x{% endif %}', { d: 1 }, 'x'],
      ['{% if task.input[task.input.key] %}x{% else %}y{% endif %}', {}, 'y'],
      ['{% if task.input.map[task.input.key] or true %}x{% endif %}', {}, 'x'],
      ['{% case task.input.c %}{% when "a" %}a{% else %}b{% endcase %}', {}, 'b'],
      ['{% if task.input.a contains "x" %}x{% else %}y{% endif %}', {}, 'y'],
      ['{% if missing != blank and missing != "x" %}x{% else %}y{% endif %}', {}, 'y'],
      ['{% assign x = task.input.a %}{% if x %}x{% else %}y{% endif %}', {}, 'y'],
    ],
  ],
  [
    'is not fooled by names',
    [
      [
        '{% if task.constructor or task.input.__proto__ or task.input.toString or constructor %}x{% else %}y{% endif %}',
        {},
        'y',
      ],
      [
        '{{ task.input.__proto__.polluted }}|{% if task.input.polluted %}x{% endif %}',
        '{"__proto__":{"polluted":"own"}}',
        'own|',
      ],
      ['{{ task.input.constructor }}', { constructor: 'own' }, 'own'],
      [
        '{{ task.input.then }}{{ task.input.next }}{{ task.input.toLiquid }}',
        '{"then":"a","next":"b","toLiquid":"c"}',
        'abc',
      ],
      ['{% assign __proto__ = "p" %}{{ __proto__ }}{% increment constructor %}', {}, 'p0'],
      ['{% for p in task.input %}{{ p[0] }}{% endfor %}', '{"__proto__":1,"a":2}', '__proto__a'],
      ['{% for x in task.input.l hasOwnProperty: 1 %}{{ x }}{% endfor %}', { l: [1] }, '1'],
    ],
  ],
  [
    'takes scripts from here',
    [
      [
        '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>',
        {},
        '<script src="/assets/crowd-html-elements.js"></script>',
      ],
      [
        '<p>{{ task.input.t }}</p>',
        { t: 'src="https://assets.crowd.aws/crowd-html-elements.js"' },
        '<p>src=&quot;https://assets.crowd.aws/crowd-html-elements.js&quot;</p>',
      ],
      [
        '<!doctype html><crowd-form></crowd-form>',
        {},
        '<!doctype html><script src="/assets/crowd-html-elements.js"></script><crowd-form></crowd-form>',
      ],
    ],
  ],
];

describe.each(pages)('%s', (_, cases) => {
  it.each(cases)('%s', (template, input, page) => {
    expect(render(template, input)).toEqual({ html: page, errors: [] });
  });
});

const undefinedVariable = (name: string) => ({
  code: 'UndefinedTemplateVariable',
  message: `undefined variable ${name}`,
});
const notS3 = (uri: string) => ({
  code: 'InvalidParameters',
  message: `"grant_read_access" input is not a valid S3 URI: "${uri}".`,
});
const syntax = (message: string) => ({ code: 'TemplateSyntaxError', message });
const failed = (message: string) => ({ code: 'TemplateRenderError', message });

describe('faults are data', () => {
  it.each<[template: string, input: unknown, errors: unknown[]]>([
    [
      '{{ task.input.url }}{{ task.input.image_width }}',
      {},
      [undefinedVariable('url'), undefinedVariable('image_width')],
    ],
    ['{% for x in (1..50) %}{{ x.name }}{{ y }}{% endfor %}{{ z }}', {}, ['name', 'y', 'z'].map(undefinedVariable)],
    ['{% capture c %}{{ a }}{% endcapture %}{% if true %}{{ b }}{% endif %}', {}, ['a', 'b'].map(undefinedVariable)],
    ['{% for x in task.input.list %}{% endfor %}{{ forloop }}', {}, ['list', 'forloop'].map(undefinedVariable)],
    ['{{ "a" | append: task.input.b }}', {}, [undefinedVariable('b')]],
    ['{% assign x = task.input.gone %}{{ x }}', {}, [undefinedVariable('x')]],
    ['{{ task.input["a.b"] }}', {}, [undefinedVariable('a.b')]],
    ['{{ task.input.map[task.input.who] }}', { map: {}, who: 'Jane Doe' }, [undefinedVariable('task.input.who')]],
    ['{{ constructor }}{{ task.input.toString }}', {}, ['constructor', 'toString'].map(undefinedVariable)],
    ['{{ " " | grant_read_access }}', {}, [notS3(' ')]],
    [
      '{{ task.input.u | grant_read_access }}',
      { u: 'https://example.com/a.png' },
      [notS3('https://example.com/a.png')],
    ],
    ['{{ task.input.u | grant_read_access }}', { u: { secret: 'x' } }, [notS3('[object]')]],
    ['{{ task.input.u | grant_read_access }}', { u: null }, [notS3('')]],
    ['{{ task.input.u | grant_read_access }}', { u: 's3://bucket/../other/key' }, [notS3('s3://bucket/../other/key')]],
    ['{{ task.input.u | grant_read_access }}', {}, [undefinedVariable('u')]],
    ['{% if true %}', {}, [syntax('tag {% if true %} not closed (line 1, column 1)')]],
    ['a\n {% bogus %}', {}, [syntax('tag "bogus" not found (line 2, column 2)')]],
    ['a\n{{ x | no_such }}', {}, [syntax('undefined filter: no_such (line 2, column 1)')]],
    ['a {{ x', {}, [syntax('output "{{ x" not closed (line 1, column 3)')]],
    [
      "{% include '/etc/passwd' %}",
      {},
      [failed('tag "include" is not available: templates cannot load other files (line 1, column 1)')],
    ],
    [
      "{% render 'x' %}b",
      {},
      [failed('tag "render" is not available: templates cannot load other files (line 1, column 1)')],
    ],
    [
      "{% layout '../x' %}",
      {},
      [failed('tag "layout" is not available: templates cannot load other files (line 1, column 1)')],
    ],
    ['{{ task.input.t | url_decode }}', { t: 'secret%' }, [failed('filter "url_decode" failed (line 1, column 1)')]],
    [
      '{{ task.input.l | where_exp: "x", task.input.t }}',
      { l: [1], t: '(secret' },
      [failed('filter "where_exp" failed (line 1, column 1)')],
    ],
  ])('%s', (template, input, errors) => {
    expect(render(template, input).errors).toEqual(errors);
  });

  it('keeps the rest of the page', () => {
    expect(render('<b>{{ gone }}</b>{{ task.input.t }}', { t: 'here' }).html).toBe('<b></b>here');
  });

  it('refuses input that is no JSON without repeating it', () => {
    expect(render('x', 'secret {')).toEqual({
      html: '',
      errors: [{ code: 'InvalidParameters', message: 'the input is not valid JSON' }],
    });
  });

  it('stops listing after a hundred', () => {
    const template = Array.from({ length: 500 }, (_, index) => `{{ gone${index} }}`).join('');
    expect(render(template).errors).toHaveLength(100);
  });
});

describe('bombs end as data', () => {
  const deep = (open: string, close: string) => open.repeat(20_000) + close.repeat(20_000);
  const long = 'x'.repeat(1_000_000);
  it.each<[title: string, template: string, input: unknown]>([
    [
      'nested loops',
      '{% for a in (1..9999) %}{% for b in (1..9999) %}{% for c in (1..9999) %}{% endfor %}{% endfor %}{% endfor %}',
      {},
    ],
    ['huge range', '{% for a in (1..1000000000) %}{% endfor %}', {}],
    ['huge range in words', '{% assign n = "99999999999" %}{% for a in (1..n) %}{% endfor %}', {}],
    ['doubling append', `{% assign s = "ab" %}${'{% assign s = s | append: s %}'.repeat(64)}`, {}],
    ['doubling capture', `{% assign s = "ab" %}${'{% capture s %}{{ s }}{{ s }}{% endcapture %}'.repeat(64)}`, {}],
    ['huge output', '{% for a in (1..100000) %}{{ task.input.t }}{% endfor %}', { t: long }],
    ['wide number', '{{ 0 | date: "%999999999d" }}', {}],
    ['deep template', deep('{% if true %}', '{% endif %}'), {}],
    ['deep input', '{{ task.input }}', '['.repeat(200_000) + ']'.repeat(200_000)],
  ])('%s', (_, template, input) => {
    expect(render(template, input, impatient).errors).toMatchObject([{ code: 'RenderLimitExceeded' }]);
  });
});

describe('sizes', () => {
  it('renders a template of 128,000 characters', () => {
    const part = '<p>{{ task.input.t }}</p>';
    const template = part.repeat(5120);
    expect(template).toHaveLength(128_000);
    expect(render(template, { t: '&' })).toEqual({ html: '<p>&amp;</p>'.repeat(5120), errors: [] });
  });

  it('renders an input of 3 MiB, whole and in parts', () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => ({ id: index, text: `"${'é<'.repeat(40)}"` }));
    const { html, errors } = engine.render(
      engine.prepare('{{ task.input.lines }}{% for l in task.input.lines %}{{ l.text }}{% endfor %}'),
      { input: JSON.stringify({ lines }), presign, assetsUrl: '/assets' },
    );
    expect(errors).toEqual([]);
    expect(html.match(/é&lt;/g)).toHaveLength(2 * 40 * 30_000);
  });
});

describe('grant_read_access', () => {
  const granted = (template: string, input: unknown = {}) => render(template, input).html;
  const path = (html: string) => new URL(html.replaceAll('&amp;', '&')).pathname;

  it.each([
    ['s3://bucket/a/b.png', '/bucket/a/b.png'],
    ['s3://bucket/with space/ü&+#?%41.png', '/bucket/with%20space/%C3%BC%26%2B%23%3F%2541.png'],
    ['http://s3.amazonaws.com/bucket/with space/日本.png', '/bucket/with%20space/%E6%97%A5%E6%9C%AC.png'],
    ['https://s3.amazonaws.com/bucket/a%20b.png', '/bucket/a%20b.png'],
    ['https://s3.amazonaws.com/bucket/100%.png', '/bucket/100%25.png'],
    ['https://s3.eu-west-1.amazonaws.com/bucket/a.png', '/bucket/a.png'],
    ['https://s3-eu-west-1.amazonaws.com/bucket/a.png', '/bucket/a.png'],
    ['https://s3.dualstack.eu-west-1.amazonaws.com/bucket/a.png', '/bucket/a.png'],
    ['https://my.bucket.s3.eu-west-1.amazonaws.com/a/b.png', '/my.bucket/a/b.png'],
    ['https://bucket.s3.amazonaws.com/a.png', '/bucket/a.png'],
    ['http://localhost:7800/bucket/a.png', '/bucket/a.png'],
  ])('%s', (uri, expected) => {
    const html = granted('{{ task.input.u | grant_read_access }}', { u: uri });
    expect(path(html)).toBe(expected);
    expect(html).toMatch(
      /^http:\/\/localhost:7800\/\S+&amp;X-Amz-Expires=3600&amp;\S+&amp;X-Amz-Signature=[0-9a-f]{64}$/,
    );
  });

  it.each([
    'https://s3.amazonaws.com/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=abc',
    'https://b.s3.amazonaws.com/k?AWSAccessKeyId=A&Expires=1&Signature=abc%3D',
    'http://localhost:7800/b/k?Signature=abc',
  ])('leaves %s as it is', (url) => {
    expect(granted('{{ task.input.u | grant_read_access }}', { u: url })).toBe(url.replaceAll('&', '&amp;'));
  });

  it('takes captured addresses with their real names', () => {
    const template =
      '{% capture u %}http://s3.amazonaws.com/{{ task.input.b }}/{{ task.input.k }}{% endcapture %}{{ u | grant_read_access }}';
    expect(path(granted(template, { b: 'bucket', k: 'R&D <1>.png' }))).toBe('/bucket/R%26D%20%3C1%3E.png');
  });

  it('is escaped like any output, and not when asked so', () => {
    expect(granted('{{ "s3://bucket/k" | grant_read_access | skip_autoescape }}')).toContain(
      '&X-Amz-Date=20260102T030405Z&',
    );
  });

  it.each([
    [10, 900],
    [5000.2, 5001],
    [10_000_000, 604_800],
    [Number.NaN, 900],
  ])('signs %d seconds as %d', (expiresInSeconds, expected) => {
    const { html } = engine.render(engine.prepare('{{ "s3://bucket/k" | grant_read_access }}'), {
      input: '{}',
      presign: { ...presign, expiresInSeconds },
      assetsUrl: '/assets',
    });
    expect(html).toContain(`X-Amz-Expires=${expected}&amp;`);
  });
});
