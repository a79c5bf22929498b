// The activity log: who changed what.
import { createHoldpointClient } from '@holdpoint/client';

const holdpoint = createHoldpointClient();
await holdpoint.createAccessKey({ Description: 'of the example' });

// #region ListActivities
const { Activities } = await holdpoint.listActivities({ ResourceType: 'access-key', MaxResults: 100 });
for (const { Time, ActorId, ClientAddress, Action, ResourceName } of Activities) {
  console.log(`${Time.toISOString()} ${ActorId} from ${ClientAddress}: ${Action} ${ResourceName}`);
}
// #endregion ListActivities
