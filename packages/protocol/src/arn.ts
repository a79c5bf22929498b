// Amazon Resource Names of the resources that A2I knows.

/** Where this installation's resources live: a region name and a 12-digit account id. */
export interface ArnSettings {
  readonly region: string;
  readonly accountId: string;
}

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** What stands before the first `/` (or `:`) of the resource, such as `flow-definition`; empty when there is none. */
  readonly resourceType: string;
  /** The rest, such as `my-flow` or `private-crowd/my-team`. */
  readonly resourceName: string;
}

/** The partition to which AWS counts a region. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}

/** Builds an ARN; `service` is `sagemaker` unless given, `resource` for example `human-loop/my-loop`. */
export function formatArn(parts: ArnSettings & { readonly resource: string; readonly service?: string }): string {
  return `arn:${partitionOf(parts.region)}:${parts.service ?? 'sagemaker'}:${parts.region}:${parts.accountId}:${parts.resource}`;
}

/** Takes an ARN apart; undefined when the text is none. */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, accountId, ...rest] = text.split(':');
  const resource = rest.join(':');
  if (prefix !== 'arn' || !partition || !service || region === undefined || accountId === undefined || !resource) {
    return undefined;
  }
  const cut = resource.search(/[/:]/);
  return {
    partition,
    service,
    region,
    accountId,
    resourceType: cut < 0 ? '' : resource.slice(0, cut),
    resourceName: resource.slice(cut + 1),
  };
}

/** `…:flow-definition/NAME` */
export function flowDefinitionArn(settings: ArnSettings, name: string): string {
  return formatArn({ ...settings, resource: `flow-definition/${name}` });
}

/** `…:human-loop/NAME` */
export function humanLoopArn(settings: ArnSettings, name: string): string {
  return formatArn({ ...settings, resource: `human-loop/${name}` });
}

/** `…:human-task-ui/NAME` */
export function humanTaskUiArn(settings: ArnSettings, name: string): string {
  return formatArn({ ...settings, resource: `human-task-ui/${name}` });
}

/** `…:workteam/private-crowd/NAME` */
export function workteamArn(settings: ArnSettings, name: string): string {
  return formatArn({ ...settings, resource: `workteam/private-crowd/${name}` });
}

/** `…:workforce/NAME` */
export function workforceArn(settings: ArnSettings, name: string): string {
  return formatArn({ ...settings, resource: `workforce/${name}` });
}
