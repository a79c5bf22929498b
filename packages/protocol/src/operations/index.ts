// All operations in one table, and the ways to find one.
import { accessKeyOperations } from '../extensions/access-key.ts';
import { activityOperations } from '../extensions/activity.ts';
import { consolidationOperations } from '../extensions/consolidation.ts';
import { eventTargetOperations } from '../extensions/event-target.ts';
import { flowDefinitionExtensions } from '../extensions/flow-definition.ts';
import { goldOperations } from '../extensions/gold.ts';
import { humanLoopExtensions } from '../extensions/human-loop.ts';
import { humanLoopInspection } from '../extensions/human-loop-inspection.ts';
import { installationOperations } from '../extensions/installation.ts';
import { previewOperations } from '../extensions/preview-ui-template.ts';
import { statisticsOperations } from '../extensions/statistics.ts';
import { templateOperations } from '../extensions/template.ts';
import { workerOperations } from '../extensions/worker.ts';
import type { ShapeValue } from '../shape.ts';
import { flowDefinitionOperations } from './flow-definition.ts';
import { humanLoopOperations } from './human-loop.ts';
import { humanTaskUiOperations } from './human-task-ui.ts';
import type { Operation } from './operation.ts';
import { tagOperations } from './tags.ts';
import { workforceOperations } from './workforce.ts';
import { workteamOperations } from './workteam.ts';

/** Every operation by its name: AWS's 29 and our own. */
export const operations = {
  ...humanLoopOperations,
  ...flowDefinitionOperations,
  ...humanTaskUiOperations,
  ...workteamOperations,
  ...workforceOperations,
  ...tagOperations,
  ...workerOperations,
  ...accessKeyOperations,
  ...eventTargetOperations,
  ...humanLoopExtensions,
  ...humanLoopInspection,
  ...flowDefinitionExtensions,
  ...goldOperations,
  ...templateOperations,
  ...previewOperations,
  ...installationOperations,
  ...activityOperations,
  ...statisticsOperations,
  ...consolidationOperations,
} as const;

export type OperationName = keyof typeof operations;
/** The names of one service's operations. */
export type OperationNameOf<S extends Operation['service']> = {
  [N in OperationName]: (typeof operations)[N]['service'] extends S ? N : never;
}[OperationName];
/** What a caller gives to an operation. */
export type OperationInput<N extends OperationName> = ShapeValue<(typeof operations)[N]['input']>;
/** What an operation answers. */
export type OperationOutput<N extends OperationName> = ShapeValue<(typeof operations)[N]['output']>;

const all: readonly Operation[] = Object.values(operations);
const byTarget = new Map(all.flatMap((operation) => (operation.target ? [[operation.target, operation]] : [])));

/** The operation that an `X-Amz-Target` header names. */
export function operationByTarget(target: string): Operation | undefined {
  return byTarget.get(target);
}

const routes = all
  .filter((operation) => operation.protocol === 'rest-json')
  .map((operation) => ({ operation, segments: operation.http.uri.split('/') }));

/**
 * The REST-JSON operation of a method and a path as on the wire; labels are still percent-encoded, the codec decodes
 * them.
 */
export function matchRestRoute(
  method: string,
  rawPath: string,
): { readonly operation: Operation; readonly labels: Record<string, string> } | undefined {
  const segments = rawPath.split('/');
  for (const route of routes) {
    if (route.operation.http.method !== method || route.segments.length !== segments.length) continue;
    const labels = matchSegments(route.segments, segments);
    if (labels !== undefined) return { operation: route.operation, labels };
  }
  return undefined;
}

function matchSegments(expected: readonly string[], actual: readonly string[]): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  for (const [index, segment] of expected.entries()) {
    const value = actual[index] ?? '';
    if (!segment.startsWith('{')) {
      if (segment !== value) return undefined;
    } else if (value === '') {
      return undefined;
    } else {
      labels[segment.slice(1, -1)] = value;
    }
  }
  return labels;
}
