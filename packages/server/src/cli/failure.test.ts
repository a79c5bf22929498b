import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandServer, startCommandServer } from '../testing/command-server.ts';

let stage: CommandServer;
beforeAll(async () => {
  stage = await startCommandServer();
});
afterAll(() => stage?.close());

const inside = 'letters, digits and hyphens inside, at most 63.';

it.each([
  ['worker add --email ada', "'ada' is not an e-mail address."],
  ['worker disable ada', "'ada' is not an e-mail address."],
  ['worker enable a@b@c', "'a@b@c' is not an e-mail address."],
  ['worker link ada', "'ada' is not an e-mail address."],
  ['worker workteams ada', "'ada' is not an e-mail address."],
  ['worker add --email ada@example.com --workteam a!', `'a!' is not the name of a workteam: ${inside}`],
  ['worker workteams ada@example.com a! b!', `'a!' is not the name of a workteam: ${inside} 'b!' is not the`],
  ['event-target add --url hook', "'hook' is not an http or https URL."],
  ['event-target add --url ftp://example.com/', "'ftp://example.com/' is not an http or https URL."],
  ['event-target add --url http://a:b@example.com/', 'The URL must not hold a user name or password;'],
  ['event-target add', 'Give exactly one of --url, --eventbridge, --sns, --sqs: where events are sent to.'],
  ['event-target add --url http://example.com/ --sns a', 'Give exactly one of --url, --eventbridge, --sns, --sqs:'],
  ['event-target add --sqs reviews', "'reviews' is not an http or https URL."],
  ['event-target add --sns reviews', "'reviews' is not the ARN of a topic."],
  ['event-target add --eventbridge a:b', "'a:b' is not the ARN or name of an event bus."],
  ['event-target replay 01 a!', "'a!' is not the id of a delivery."],
  ['event-target add --url http://example.com/ --flow-definition mood', "'mood' is not the ARN of a flow."],
  [
    'event-target add --url http://example.com/ --kind object-created --bucket X',
    'Bucket has a length of 1; it has to be at',
  ],
  ['flow show Mood!', `'Mood!' is not the name of a flow: lower-case ${inside}`],
  ['flow evaluate Mood!', `'Mood!' is not the name of a flow: lower-case ${inside}`],
  ['flow evaluate moods --last 5001', "--last takes a whole number from 1 to 5,000, not '5001'."],
  ['flow evaluate moods --last 5 --input-file a.json', 'Give either --input-file or --last.'],
  ['flow delete Mood! --yes', `'Mood!' is not the name of a flow: lower-case ${inside}`],
  ['loop list Mood!', `'Mood!' is not the name of a flow: lower-case ${inside}`],
  ['export Mood!', `'Mood!' is not the name of a flow: lower-case ${inside}`],
  ['loop show a!', `'a!' is not the name of a human loop: ${inside}`],
  ['workteam show a!', `'a!' is not the name of a workteam: ${inside}`],
  ['workforce show a!', "'a!' is not the name of a workforce:"],
  ['key revoke abc!', "'abc!' is not the id of an access key."],
  ['flow show ', 'An empty text is not the name of a flow:'],
])('wrong use, told plainly: %s', async (words, sentence) => {
  const { stdout, stderr, code } = await stage.run(words);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^holdpoint: .*\n$/);
  expect(stderr).toContain(`holdpoint: ${sentence}`);
  expect(stderr).not.toMatch(/pattern|validation error/);
});

it.each([
  ['worker disable eve@example.com', 'No worker has the e-mail address eve@example.com.'],
  ['flow show nothing', 'nothing'],
  [
    'event-target add --url http://127.0.0.1:9/hook',
    'Url: The address 127.0.0.1 is private or reserved; the server sends there only with --allow-private-targets.',
  ],
])('a failure, which another server might not have: %s', async (words, sentence) => {
  const { stderr, code } = await stage.run(words);
  expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
});
