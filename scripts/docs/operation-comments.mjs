// The doc comments of the protocol's table: what each operation does, and what its members mean.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript-classic';
import { root } from '../root.mjs';

const source = join(root, 'packages/protocol/src');
const shared = join(source, 'operations/shapes.ts');
const tableMakers = new Set(['runtimeOperations', 'sageMakerOperations', 'holdpointOperations']);

/**
 * Reads all comments.
 *
 * @returns operation name → { resource, text, errors: [{ name, when }], source, memberText(name) }. `resource` is the name of
 *   the file in which the operation stands.
 */
export function readOperationComments() {
  const common = readFile(shared);
  const result = new Map();
  for (const path of operationFiles()) {
    const file = readFile(path);
    for (const [name, node] of file.operations) {
      const own = commentsInside(node);
      result.set(name, {
        resource: basename(path, '.ts'),
        ...readComment(node),
        memberText: (member) =>
          own.get(member) ??
          file.members.get(member) ??
          file.constants.get(member) ??
          common.members.get(member) ??
          common.constants.get(member),
      });
    }
  }
  return result;
}

function operationFiles() {
  return ['operations', 'extensions'].flatMap((folder) =>
    readdirSync(join(source, folder))
      .filter(
        (name) =>
          name.endsWith('.ts') &&
          !name.endsWith('.test.ts') &&
          !['index.ts', 'operation.ts', 'shapes.ts'].includes(name),
      )
      .map((name) => join(source, folder, name)),
  );
}

/** The operations, documented constants and documented members of one file. */
function readFile(path) {
  const tree = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const operations = new Map();
  const constants = new Map();
  for (const statement of tree.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const [declaration] = statement.declarationList.declarations;
    const text = readComment(statement).text;
    if (text) constants.set(declaration.name.text, text);
    const call = declaration.initializer;
    if (!call || !ts.isCallExpression(call) || !tableMakers.has(call.expression.getText())) continue;
    for (const property of call.arguments[0].properties) operations.set(property.name.text, property);
  }
  return { operations, constants, members: commentsInside(tree, new Set(operations.values())) };
}

/** Comments of properties below a node, by the property's name; the first of a name counts. */
function commentsInside(node, without = new Set()) {
  const result = new Map();
  const visit = (child) => {
    const isMember = ts.isPropertyAssignment(child) || ts.isShorthandPropertyAssignment(child);
    if (isMember && !without.has(child)) {
      const { text } = readComment(child);
      if (text && !result.has(child.name.text)) result.set(child.name.text, text);
    }
    ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return result;
}

function readComment(node) {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  if (!doc) return { text: '', errors: [], source: '' };
  const tags = (doc.tags ?? []).map((tag) => ({ name: tag.tagName.text, text: plain(tag.comment) }));
  // An at sign in the middle of a sentence begins a tag too, and the rest of the sentence would be lost.
  const unknown = tags.find(({ name }) => !['error', 'source'].includes(name));
  if (unknown) throw new Error(`"@${unknown.name}" in this comment is no tag that is read here: ${doc.getText()}`);
  const errors = tags
    .filter(({ name }) => name === 'error')
    .map(({ text }) => ({ name: text.split(' ')[0], when: text.slice(text.indexOf(' ') + 1) }));
  return { text: plain(doc.comment), errors, source: tags.find(({ name }) => name === 'source')?.text ?? '' };
}

/** Lines of a paragraph joined, paragraphs apart. */
const plain = (comment) =>
  (ts.getTextOfJSDocComment(comment) ?? '')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' ').trim())
    .join('\n\n');
