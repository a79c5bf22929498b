// packages/elements/custom-elements.json: the elements for editors and other tools, in the format of
// https://github.com/webcomponents/custom-elements-manifest.

/** The text of the manifest; written by `npm run docs`, compared by the check. */
export function elementsManifest(elements) {
  const modules = [...elements.values()].map(({ path, ...element }) => ({
    kind: 'javascript-module',
    path,
    declarations: [declarationOf(element)],
    exports: [
      { kind: 'js', name: element.className, declaration: { name: element.className, module: path } },
      {
        kind: 'custom-element-definition',
        name: element.tag,
        declaration: { name: element.className, module: path },
      },
    ],
  }));
  return `${JSON.stringify({ schemaVersion: '2.1.0', readme: 'README.md', modules }, null, 2)}\n`;
}

function declarationOf({ tag, className, text, attributes, events, slots, parts }) {
  return {
    kind: 'class',
    customElement: true,
    name: className,
    tagName: tag,
    description: text,
    ...list('attributes', attributes, ({ name, field, type, default: value, text: description }) => ({
      name,
      description,
      type: { text: type },
      ...(value !== undefined && { default: value }),
      ...(field !== undefined && { fieldName: field }),
    })),
    ...list('events', events, ({ name, text: description }) => ({ name, description, type: { text: 'Event' } })),
    ...list('slots', slots, describe),
    ...list('cssParts', parts, describe),
  };
}

const list = (key, items, make) => (items.length > 0 ? { [key]: items.map(make) } : {});
const describe = ({ name, text }) => ({ name, ...(text !== '' && { description: text }) });
