// What the sources of the elements say of themselves: doc comments, properties, templates, and those of their base classes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript-classic';
import { root } from '../root.mjs';

const elementsFolder = join(root, 'packages/elements/src/elements');
/** Tags of class comments that are read; `@attr` says more of an attribute than where it is declared. */
const known = ['attr', 'fires', 'slot', 'csspart'];

/**
 * Reads all elements.
 *
 * @returns by tag: { tag, className, path, text, attributes: [{ name, field, type, default, text, aliasOf }], events, slots,
 *   parts }, the last three as [{ name, text }].
 */
export function readElements() {
  const tags = readdirSync(elementsFolder).filter((tag) => existsSync(join(elementsFolder, tag, `${tag}.ts`)));
  return new Map(tags.sort().map((tag) => [tag, readElement(tag)]));
}

function readElement(tag) {
  const path = join(elementsFolder, tag, `${tag}.ts`);
  const className = tag.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());
  // Base classes first, so that what is nearer to the element wins.
  const classes = lineOf(path, className).reverse();
  const own = classes.at(-1).doc;
  if (own.text === '') throw new Error(`${className} has no doc comment.`);
  const attributes = attributesOf(classes);
  const silent = attributes.filter(({ text }) => text === '').map(({ name }) => name);
  if (silent.length > 0) throw new Error(`These attributes of <${tag}> have no doc comment: ${silent.join(', ')}.`);
  return {
    tag,
    className,
    path: relative(join(root, 'packages/elements'), path).replaceAll('\\', '/'),
    text: own.text,
    attributes,
    events: tagged(classes, 'fires'),
    slots: named(classes, 'slot', slotNames(classes)),
    parts: named(classes, 'csspart', matches(classes, /\bpart="([\w-]+)"/g)),
  };
}

/** The class and those that it extends, as far as they are ours. */
function lineOf(path, name) {
  const tree = treeOf(path);
  const node = tree.statements.find((each) => ts.isClassDeclaration(each) && each.name?.text === name);
  if (!node) {
    const from = sourceOf(tree, name, ts.isExportDeclaration);
    if (from === undefined) throw new Error(`${path} has no class ${name}.`);
    return from.startsWith('.') ? lineOf(join(dirname(path), from), name) : [];
  }
  const parent = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0].getText();
  const here = { node, tree, doc: docOf(node) };
  if (parent === undefined) return [here];
  const from = sourceOf(tree, parent, ts.isImportDeclaration);
  if (from === undefined) return [here, ...lineOf(path, parent)];
  return from.startsWith('.') ? [here, ...lineOf(join(dirname(path), from), parent)] : [here];
}

const trees = new Map();
function treeOf(path) {
  if (!trees.has(path))
    trees.set(path, ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
  return trees.get(path);
}

/** Where a file has a name from, by its imports or by what it hands on. */
function sourceOf(tree, name, isKind) {
  const found = tree.statements.find((each) => {
    if (!isKind(each) || !each.moduleSpecifier) return false;
    const names = ts.isImportDeclaration(each) ? each.importClause?.namedBindings : each.exportClause;
    return names?.elements?.some((element) => element.name.text === name);
  });
  return found?.moduleSpecifier.text;
}

// --- Attributes

function attributesOf(classes) {
  const byField = new Map();
  let aliases = {};
  const tagTexts = new Map();
  for (const { node, tree, doc } of classes) {
    for (const member of node.members) {
      const name = member.name?.getText();
      if (name === 'aliases') aliases = textsIn(member.initializer, aliases);
      const before = byField.get(name);
      const declared = attributeOf(member, tree);
      if (declared) byField.set(name, { ...declared, text: declared.text || (before?.text ?? '') });
      // A subclass that only begins with another value.
      else if (before && ts.isPropertyDeclaration(member) && member.initializer)
        byField.set(name, { ...before, default: literalOf(member.initializer, tree) });
    }
    for (const { name, text } of doc.tags.attr) tagTexts.set(name, text);
  }
  const attributes = [...byField.values()].filter(({ name }) => name !== undefined);
  const extra = [...tagTexts.keys()].filter((name) => !attributes.some((each) => each.name === name));
  return [
    ...attributes.map((each) => ({ ...each, text: tagTexts.get(each.name) ?? each.text })),
    ...extra.map((name) => ({ name, type: 'string', text: tagTexts.get(name) })),
    ...Object.entries(aliases).map(([name, aliasOf]) => ({
      name,
      aliasOf,
      type: attributes.find((each) => each.name === aliasOf)?.type ?? 'string',
      text: `Another spelling of \`${aliasOf}\`.`,
    })),
  ];
}

/** Of a member that Lit makes a property; its name is undefined where there is no attribute for it. */
function attributeOf(member, tree) {
  const call = (ts.canHaveDecorators(member) ? (ts.getDecorators(member) ?? []) : [])
    .map(({ expression }) => expression)
    .find((each) => ts.isCallExpression(each) && each.expression.getText() === 'property');
  if (!call) return undefined;
  const options = Object.fromEntries(
    (call.arguments[0]?.properties ?? []).map((each) => [each.name.text, each.initializer]),
  );
  const field = member.name.getText();
  const { attribute } = options;
  return {
    field,
    name:
      attribute?.kind === ts.SyntaxKind.FalseKeyword
        ? undefined
        : attribute && ts.isStringLiteral(attribute)
          ? attribute.text
          : field.toLowerCase(),
    type: { Boolean: 'boolean', Number: 'number' }[options.type?.getText()] ?? typeOf(member),
    default: member.initializer && literalOf(member.initializer, tree),
    text: docOf(member).text,
  };
}

function typeOf({ type, initializer }) {
  if (type) return type.getText();
  return initializer && ts.isStringLiteral(initializer) ? 'string' : 'unknown';
}

/** A literal as its source, undefined for what means "none". */
function literalOf(initializer, tree) {
  const isConstant = ts.isIdentifier(initializer) && constantOf(tree, initializer.text);
  const node = isConstant || initializer;
  if (ts.isStringLiteral(node)) return node.text === '' ? undefined : node.text;
  if (node.kind === ts.SyntaxKind.TrueKeyword) return 'true';
  return ts.isNumericLiteral(node) || ts.isPrefixUnaryExpression(node) ? node.getText() : undefined;
}

function constantOf(tree, name) {
  const declarations = tree.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations]);
  return declarations.find((each) => each.name.getText() === name)?.initializer;
}

/** The texts of an object or list literal; what it spreads is that of the class before. */
function textsIn(node, before) {
  const isSpread = (each) => ts.isSpreadElement(each) || ts.isSpreadAssignment(each);
  if (ts.isArrayLiteralExpression(node))
    return node.elements.flatMap((each) => (isSpread(each) ? before : [each.text]));
  return Object.assign(
    {},
    ...node.properties.map((each) => (isSpread(each) ? before : { [each.name.text]: each.initializer.text })),
  );
}

// --- What a template can place, style and listen to

/** Regions are the slots that children get by their tags. */
function slotNames(classes) {
  const regions = classes
    .flatMap(({ node }) => node.members)
    .filter((member) => member.name?.getText() === 'regionNames')
    .reduce((before, { initializer }) => textsIn(initializer, before), []);
  const bare = classes.some(({ node }) => /<slot(?![^>]*\sname=)[ >]/.test(node.getText()));
  return [...(bare ? [''] : []), ...regions, ...matches(classes, /<slot name="([\w-]+)"/g)];
}

const matches = (classes, pattern) =>
  classes.flatMap(({ node }) => [...node.getText().matchAll(pattern)].map(([, name]) => name));

/** The names with what class comments say of them, and what only comments name. */
function named(classes, tag, names) {
  const texts = new Map(tagged(classes, tag).map(({ name, text }) => [name, text]));
  return [...new Set([...names, ...texts.keys()])].map((name) => ({ name, text: texts.get(name) ?? '' }));
}

function tagged(classes, tag) {
  return [...new Map(classes.flatMap(({ doc }) => doc.tags[tag].map((each) => [each.name, each]))).values()];
}

// --- Comments

function docOf(node) {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = Object.fromEntries(known.map((name) => [name, []]));
  for (const tag of doc?.tags ?? []) {
    const kind = tag.tagName.text;
    if (ts.isClassDeclaration(node) && !tags[kind])
      throw new Error(`"@${kind}" is no tag that is read here: ${doc.getText()}`);
    const [, name = '', text = ''] = /^(\S*)\s*-\s+(.*)$/.exec(plain(tag.comment)) ?? [];
    tags[kind]?.push({ name, text });
  }
  return { text: plain(doc?.comment), tags };
}

/** Lines of a paragraph joined. */
const plain = (comment) => (ts.getTextOfJSDocComment(comment) ?? '').replace(/\s*\n\s*/g, ' ').trim();
