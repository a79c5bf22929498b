import { expect, it } from 'vitest';
import { taskPage } from './task-page.ts';

/** `*` marks where the prelude goes. */
it.each([
  ['no document at all', '*<script src="x"></script><crowd-form></crowd-form>'],
  [
    'script before the doctype: quirks mode stays',
    '*<script src="x"></script>\n<!DOCTYPE html><html><head></head></html>',
  ],
  ['doctype', '<!DOCTYPE html>*<script></script>'],
  ['doctype, html, head', '<!doctype html>\n<html lang="a>b">\n<head data-x=\'>\'>*<script></script></head></html>'],
  ['html without head', '<html>*<body onload="x()"></body></html>'],
  ['head without html', '<HEAD>*<title>t</title></HEAD>'],
  ['header is not head', '<html>*<header></header></html>'],
  ['comments before the doctype', '\uFEFF <!-- a > b --> <?xml version="1.0"?><!-->\n<!DOCTYPE html>*<p>'],
  ['a comment with script inside', '*<!-- <script></script> --><p>'],
  ['unclosed comment', '*<!-- <html><head><script></script>'],
  ['unclosed tag', '<html lang="a*'],
  ['old doctype', '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">*<p>'],
  ['empty', '*'],
])('%s', (_, marked) => {
  const page = taskPage({ html: marked.replace('*', ''), preludeUrl: '/assets/task-frame.js?a&"b' });
  expect(page).toBe(marked.replace('*', '<script src="/assets/task-frame.js?a&amp;&quot;b"></script>'));
});
