// Statistics: what happened with human loops, what waits, and what workers did.
import { createHoldpointClient } from '@holdpoint/client';

const holdpoint = createHoldpointClient();

// #region GetStatistics
const { Totals, Steps, Now, Forecast } = await holdpoint.getStatistics({
  FlowDefinitionName: 'reviews',
  Range: 'Week',
  Step: 'Day',
  TimeZone: 'Europe/Berlin',
});
for (const { StartTime, Started, Completed } of Steps) {
  console.log(`${StartTime.toISOString()}: ${Started} started, ${Completed} completed`);
}
console.log(`Half of them took no longer than ${Totals.TimeToCompletion.P50 ?? 0} seconds.`);
console.log(`${Now.WaitingTasks} tasks wait, of which ${Forecast.LateTasks} will not be done in time.`);
// #endregion GetStatistics

// #region GetWorkerStatistics
const { Workers } = await holdpoint.getWorkerStatistics({ Range: 'Day' });
for (const { Name, Answers, ActiveSeconds } of Workers) {
  console.log(`${Name ?? 'A worker who was removed'}: ${Answers} answers in ${ActiveSeconds} seconds`);
}
// #endregion GetWorkerStatistics
