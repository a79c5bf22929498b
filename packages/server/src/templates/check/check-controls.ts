// Whether everything that a worker enters arrives in the answer, under a name of its own.

import { crowdElements } from './crowd-elements.ts';
import { areAlternatives, isRepeated } from './liquid-source.ts';
import type { PageElement } from './page.ts';
import { hasUnknownAttributes, isDynamic, type Subject } from './subject.ts';

/** What a control adds to the answer: see packages/elements, internal/answer.ts. */
type Kind = 'value' | 'toggle' | 'object';

interface Control {
  readonly element: PageElement;
  readonly kind: Kind;
  readonly label: string;
}

export function checkControls(subject: Subject): void {
  const forms = subject.elements.filter(({ tag, inert }) => tag === 'crowd-form' && !inert);
  const selfContained = subject.elements.some(({ tag }) => tag === 'crowd-entity-annotation');
  checkForms(subject, forms, selfContained);
  const controls = subject.elements.flatMap((element) => controlOf(element) ?? []);
  const named = new Map<string, Control[]>();
  for (const control of controls) {
    const name = control.element.attributes.get('name');
    if (!name || name.value === '') {
      checkNameless(subject, control);
      continue;
    }
    if (!selfContained && forms.length > 0) checkPlace(subject, control, name.value);
    if (isDynamic(subject, name)) continue;
    const others = named.get(name.value);
    if (others) others.push(control);
    else named.set(name.value, [control]);
  }
  for (const [name, same] of named) checkSame(subject, name, same);
}

function controlOf(element: PageElement): Control | undefined {
  const { tag, attributes, inert } = element;
  // A disabled control adds nothing, on purpose.
  if (inert || attributes.has('disabled')) return undefined;
  const kind = crowdElements.get(tag)?.answers ?? nativeKind(element);
  const type = tag === 'input' ? attributes.get('type')?.value : undefined;
  const label = type === undefined ? `<${tag}>` : `<${tag} type="${type}">`;
  return kind && { element, kind, label };
}

/** Types of `input` that add nothing. */
const buttons = new Set(['submit', 'button', 'reset', 'image']);
const nativeToggles = new Set(['checkbox', 'radio']);

function nativeKind({ tag, attributes }: PageElement): Kind | undefined {
  if (tag === 'select' || tag === 'textarea') return 'value';
  if (tag !== 'input') return undefined;
  const type = attributes.get('type')?.value.trim().toLowerCase() ?? '';
  if (buttons.has(type)) return undefined;
  return nativeToggles.has(type) ? 'toggle' : 'value';
}

function checkForms(subject: Subject, forms: readonly PageElement[], selfContained: boolean): void {
  const { findings, liquid } = subject;
  const [first, ...others] = forms;
  if (!first) {
    if (selfContained) return;
    const message = 'There is no crowd-form, so nothing can be submitted';
    const printsMarkup = /\|\s*skip_autoescape\b/.test(subject.source);
    if (subject.loadsScripts || printsMarkup || subject.scripts.includes('crowd-form'))
      findings.warning('NoCrowdForm', `${message} unless a script makes one.`);
    else findings.error('NoCrowdForm', `${message}.`);
    return;
  }
  const branch = liquid.branchAt(first.begin);
  if (isRepeated(branch))
    findings.warning(
      'SeveralCrowdForms',
      'A crowd-form in a loop can be there twice; a page has only one.',
      first.begin,
    );
  for (const other of others)
    if (!areAlternatives(branch, liquid.branchAt(other.begin)))
      findings.error(
        'SeveralCrowdForms',
        'There is more than one crowd-form, and only the answer of the one that is submitted is kept.',
        other.begin,
      );
}

/** Attributes by which frameworks name or read a control themselves. */
const framework = /^(?:v-|ng-|\[|\(|:|@|x-|formcontrol|data-bind|bind)/;

/** Whether a script has the control in hand: what it holds may be in the answer by another way, or is not meant to be. */
function isScripted(subject: Subject, { attributes }: PageElement): boolean {
  const names = [...attributes.keys()];
  if (names.some((name) => framework.test(name) || name.startsWith('on'))) return true;
  const id = attributes.get('id')?.value.trim() ?? '';
  return id !== '' && subject.scripts.includes(id);
}

function checkNameless(subject: Subject, { element, kind, label }: Control): void {
  if (hasUnknownAttributes(subject, element) || isScripted(subject, element)) return;
  const message = `${label} has no name, so what workers enter there is not in the answer`;
  // Without a script nothing but the answer comes of these.
  if (kind === 'object' && !subject.loadsScripts && !/\bname\b/.test(subject.scripts))
    subject.findings.error('ControlWithoutName', `${message}.`, element.begin);
  else subject.findings.warning('ControlWithoutName', `${message}.`, element.begin);
}

function checkPlace(subject: Subject, { element, label }: Control, name: string): void {
  if (element.form || isScripted(subject, element)) return;
  const called = isDynamic(subject, element.attributes.get('name')!) ? '' : ` named ${name}`;
  subject.findings.warning(
    'ControlOutsideForm',
    `${label}${called} stands outside the crowd-form, so it is not in the answer.`,
    element.begin,
  );
}

/** More of one name are not compared with each other. */
const mostCompared = 200;

function checkSame(subject: Subject, name: string, controls: readonly Control[]): void {
  // By convention the name of what is thrown away.
  if (name === '_') return;
  const { liquid, findings } = subject;
  for (const [index, control] of controls.slice(0, mostCompared).entries()) {
    const branch = liquid.branchAt(control.element.begin);
    const earlier = controls
      .slice(0, index)
      .find(
        (other) => collide(subject, other, control) && !areAlternatives(liquid.branchAt(other.element.begin), branch),
      );
    if (earlier)
      findings.warning(
        'DuplicateName',
        control.kind === 'toggle' && earlier.kind === 'toggle'
          ? `${control.label} has the same name ${name} and the same value as an earlier one, so the answer cannot tell them apart.`
          : `The name ${name} is used before; the answer has only the value of the last control of a name.`,
        control.element.begin,
      );
    else if (isRepeated(branch) && collide(subject, control, control))
      findings.warning(
        'DuplicateName',
        `The name ${name} is the same in every turn of the loop, so the answer has only the last one. Add something of the loop to it, such as {{ forloop.index }}.`,
        control.element.begin,
      );
  }
}

/** Whether one of two controls of the same name takes the other's place. */
function collide(subject: Subject, a: Control, b: Control): boolean {
  if (a.kind !== 'toggle' || b.kind !== 'toggle') return true;
  const [first, second] = [a, b].map(({ element }) => element.attributes.get('value'));
  if ((first && isDynamic(subject, first)) || (second && isDynamic(subject, second))) return false;
  return (first?.value || 'on') === (second?.value || 'on');
}
