/** The syntax tree that `compile` of the package jmespath makes (version 0.16.0). */
export type ExpressionNode =
  | { readonly type: 'Field'; readonly name: string }
  | { readonly type: 'Index'; readonly value: number }
  | { readonly type: 'Slice'; readonly children: readonly [number | null, number | null, number | null] }
  | { readonly type: 'Literal'; readonly value: unknown }
  | { readonly type: 'Identity' | 'Current' }
  | { readonly type: 'Comparator'; readonly name: Comparator; readonly children: Two }
  | { readonly type: 'MultiSelectHash'; readonly children: readonly Member[] }
  | { readonly type: 'MultiSelectList'; readonly children: readonly ExpressionNode[] }
  | { readonly type: 'Function'; readonly name: string; readonly children: readonly ExpressionNode[] }
  | { readonly type: 'NotExpression' | 'Flatten' | 'ExpressionReference'; readonly children: readonly [ExpressionNode] }
  | { readonly type: 'Projection' | 'ValueProjection'; readonly children: Two }
  | { readonly type: 'FilterProjection'; readonly children: readonly [ExpressionNode, ExpressionNode, ExpressionNode] }
  | {
      readonly type: 'Subexpression' | 'IndexExpression' | 'OrExpression' | 'AndExpression' | 'Pipe';
      readonly children: Two;
    };

type Two = readonly [ExpressionNode, ExpressionNode];
type Comparator = 'EQ' | 'NE' | 'GT' | 'GTE' | 'LT' | 'LTE';

interface Member {
  readonly name: string;
  readonly value: ExpressionNode;
}

/** The nodes right under a node. */
export function childrenOf(node: ExpressionNode): readonly ExpressionNode[] {
  if (node.type === 'Slice' || !('children' in node)) return [];
  return node.type === 'MultiSelectHash' ? node.children.map(({ value }) => value) : node.children;
}
