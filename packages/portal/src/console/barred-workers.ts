// Who gets no more of a flow since a few days, for being wrong about its gold items too often.
import { call } from './console-api.ts';
import { percentText } from './share-bar.ts';

export interface BarredWorker {
  readonly name: string;
  readonly flowDefinitionName: string;
  /** Of the gold items that counted, such as `40 %`. */
  readonly accuracy: string;
}

const days = 7;
/** Each flow is asked for by itself. */
const mostFlows = 5;

/** What the activity log of the last week tells of, as far as it still holds. */
export async function barredWorkers(now: number): Promise<BarredWorker[]> {
  const { Activities } = await call('ListActivities', {
    Action: 'bar-worker',
    ActorKind: 'System',
    ExcludeHumanLoops: true,
    TimeAfter: new Date(now - days * 86_400_000),
    MaxResults: 100,
  });
  const flows = new Set(Activities.map(({ Details = '{}' }) => String(JSON.parse(Details).flowDefinition)));
  const found = await Promise.all([...flows].slice(0, mostFlows).map(ofFlow));
  return found.flat();
}

async function ofFlow(FlowDefinitionName: string): Promise<BarredWorker[]> {
  // A flow that was deleted keeps nobody out.
  const { Workers } = await call('ListGoldWorkers', { FlowDefinitionName }).catch(() => ({ Workers: [] }));
  return Workers.filter(({ IsBarred }) => IsBarred).map(({ Name, Email, Accuracy = 0 }) => ({
    name: Name ?? Email,
    flowDefinitionName: FlowDefinitionName,
    accuracy: percentText(Accuracy),
  }));
}
