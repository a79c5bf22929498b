import { expect, test } from 'vitest';
import { exampleInput } from './example-input.ts';
import { type Finding, quickFix } from './quick-fixes.ts';

function mend(source: string, finding: Omit<Finding, 'Severity'>): string | undefined {
  const fix = quickFix(source, { Severity: 'Error', ...finding });
  if (!fix) return undefined;
  return fix.edits
    .toReversed()
    .reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), source);
}

test.each<[what: string, source: string, finding: Omit<Finding, 'Severity'>, mended: string | undefined]>([
  [
    'a variable that is written wrong',
    '<p>\n{{ task.input.txt }}</p>',
    {
      Code: 'UndefinedTemplateVariable',
      Message: 'undefined variable txt: the sample input has no txt. Did you mean text?',
      Line: 2,
      Column: 4,
    },
    '<p>\n{{ task.input.text }}</p>',
  ],
  [
    'a filter',
    '{{ task.input.t | upcse }}',
    { Code: 'TemplateSyntaxError', Message: 'undefined filter: upcse. Did you mean upcase?', Line: 1, Column: 1 },
    '{{ task.input.t | upcase }}',
  ],
  [
    'a tag of Liquid',
    '{% asign x = 1 %}',
    { Code: 'TemplateSyntaxError', Message: 'tag "asign" not found. Did you mean assign?', Line: 1, Column: 1 },
    '{% assign x = 1 %}',
  ],
  [
    'an element, with its end',
    '<crowd-inptu></crowd-inptu><crowd-inptu-x>',
    {
      Code: 'UnknownElement',
      Message: 'There is no element <crowd-inptu>, so it shows and answers nothing. Did you mean crowd-input?',
      Line: 1,
      Column: 1,
    },
    '<crowd-input></crowd-input><crowd-inptu-x>',
  ],
  [
    'a control without a name',
    '<crowd-input name="answer"></crowd-input><crowd-input label="x">',
    { Code: 'ControlWithoutName', Message: '…', Line: 1, Column: 42 },
    '<crowd-input name="answer"></crowd-input><crowd-input name="answer-2" label="x">',
  ],
  [
    'a page without a form',
    '<script src="a.js"></script>\n<p>x</p>\n',
    { Code: 'NoCrowdForm', Message: '…' },
    '<script src="a.js"></script>\n<crowd-form>\n<p>x</p>\n</crowd-form>\n',
  ],
  [
    'a value without quotes',
    '<p title={{ task.input.t }}-{{ x }} class=a>',
    { Code: 'UnquotedOutput', Message: '…', Line: 1, Column: 10 },
    '<p title="{{ task.input.t }}-{{ x }}" class=a>',
  ],
  [
    'text in a script, where JSON brings its own quotes',
    "<script>const a = '{{ task.input.t }}';</script>",
    { Code: 'ScriptOutput', Message: 'This puts text with HTML entities into a script.', Line: 1, Column: 20 },
    '<script>const a = {{ task.input.t | to_json }};</script>',
  ],
  [
    'text in an attribute that is a script',
    '<p onclick="f({{ task.input.t }})">',
    { Code: 'ScriptOutput', Message: 'In onclick the browser undoes the escaping', Line: 1, Column: 15 },
    '<p onclick="f({{ task.input.t | to_json | escape }})">',
  ],
  [
    'an unsafe filter',
    '<p>{{ task.input.t | skip_autoescape | upcase }}</p>',
    { Code: 'UnsafeOutput', Message: '…', Line: 1, Column: 4 },
    '<p>{{ task.input.t | upcase }}</p>',
  ],
  [
    'an address that a browser cannot open',
    '<img src="{{ task.input.image }}">',
    { Code: 'AddressNotGranted', Message: '…', Line: 1, Column: 6 },
    '<img src="{{ task.input.image | grant_read_access }}">',
  ],
  [
    'the same as text',
    '<img src="s3://b/k.png">',
    { Code: 'AddressNotGranted', Message: '…', Line: 1, Column: 6 },
    `<img src="{{ 's3://b/k.png' | grant_read_access }}">`,
  ],
  [
    'a missing attribute',
    '<crowd-classifier name="a">',
    { Code: 'MissingAttribute', Message: '<crowd-classifier> needs the attribute categories.', Line: 1, Column: 1 },
    `<crowd-classifier categories="['One', 'Two']" name="a">`,
  ],
  ['nothing where nothing is obvious', '<p>', { Code: 'DuplicateName', Message: '…', Line: 9, Column: 1 }, undefined],
])('O2: mends %s', (_what, source, finding, mended) => {
  expect(mend(source, finding)).toBe(mended);
});

test('O2: makes an example of the variables that a template reads', () => {
  const template = `{{ task.input.text }} {% if task.input.score < 0.6 %}{% endif %} {{ "task.input.no" | append: task.input.b.firstName }}
    <img src="{{ task.input.image | grant_read_access }}"> {% for item in task.input.items %}{{ item.title }}{% for tag in item.tags %}{{ tag }}{% endfor %}{% endfor %}
    {{ task.input.labels | to_json }} {{ task.input.words.size }}`;
  expect(JSON.parse(exampleInput(template))).toEqual({
    text: 'Example of text',
    score: 0.5,
    b: { firstName: 'Example of first name' },
    image: 's3://bucket/key.png',
    items: [{ title: 'Example of title', tags: ['One'] }],
    labels: ['One', 'Two'],
    words: 'Example of words',
  });
  expect(exampleInput('<p>x</p>')).toBe('{}');
});
