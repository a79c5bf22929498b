/** Methods of a service, made from the protocol's table. */
import type { Operation } from '@holdpoint/protocol';
import type { ServiceName } from './endpoint.ts';
import { UnknownClientMethodError } from './errors.ts';
import type { ServiceMethods } from './service-methods.ts';

/** The methods of a service, documented; types.test.ts says that none is missing. */
export type Methods<Service extends ServiceName> = ServiceMethods[Service];

/** `ListHumanLoops` → `listHumanLoops` */
export const methodName = (operationName: string): string =>
  operationName.charAt(0).toLowerCase() + operationName.slice(1);

/** `listHumanLoops` → `list_human_loops`, as boto3 writes it. */
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Finds an operation by the name of its method, written in either manner; other names throw UnknownClientMethodError. */
export function createLookup(operations: readonly Operation[]): (name: string) => Operation {
  const byName = new Map<string, Operation>();
  for (const operation of operations) {
    const method = methodName(operation.name);
    byName.set(method, operation).set(snakeCase(method), operation);
  }
  return (name) => {
    const operation = byName.get(name);
    if (operation === undefined) throw new UnknownClientMethodError(name);
    return operation;
  };
}
