// Statistics: what happened with human loops, what waits, and what workers did.
import { createHoldpointClient } from '@holdpoint/client';

const holdpoint = createHoldpointClient();

// #region GetStatistics
const { Steps, Now, Forecast } = await holdpoint.getStatistics({
  Range: 'Week',
  Step: 'Day',
  TimeZone: 'Europe/Berlin',
});
const today = Steps.at(-1);
console.log(`Today ${today?.Started} loops were started and ${today?.Completed} completed.`);
console.log(`Half of those took no longer than ${today?.TimeToCompletion.P50 ?? 0} seconds.`);
console.log(`${Now.WaitingTasks} tasks wait, of which ${Forecast.LateTasks} will not be done in time.`);
// #endregion GetStatistics

// #region GetWorkerStatistics
const { Workers } = await holdpoint.getWorkerStatistics({ Range: 'Day' });
const [first] = Workers;
console.log(`${Workers.length} workers answered; most answers came from ${first?.Name ?? 'nobody'}.`);
// #endregion GetWorkerStatistics
