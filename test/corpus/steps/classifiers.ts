import type { Steps } from '../hand.ts';

/** Choosing of categories for texts, pictures, sounds and films. */
export const classifierSteps: Readonly<Record<string, Steps>> = {
  async 'sentiment-to-confirm'(hand) {
    await hand.task.getByText('The handle came off <b>twice</b>. "Solid", they said & meant it.').waitFor();
    await hand.press(hand.task.getByRole('button', { name: 'View full instructions' }));
    await hand.task.getByRole('dialog', { name: 'Feelings in reviews' }).waitFor();
    await hand.task.getByText('both at once').waitFor();
    await hand.press(hand.task.getByRole('button', { name: 'Close' }));
    await hand.choose(hand.task.getByRole('radio', { name: 'Negative' }));
    await hand.submit();
  },
  async 'topics-of-an-article'(hand) {
    const { task } = hand;
    await task.getByText('2. Tickets cost <£5> less.').waitFor();
    await hand.press(task.getByRole('checkbox', { name: 'None of these' }));
    await hand.press(task.getByRole('checkbox', { name: 'None of these' }));
    await hand.press(task.getByRole('checkbox', { name: 'Sport' }));
    await hand.press(task.getByRole('checkbox', { name: 'The "weather"' }));
    await hand.submit();
  },
  async 'nothing-of-these'(hand) {
    const { task } = hand;
    await hand.press(task.getByRole('checkbox', { name: 'No damage' }));
    await hand.submit();
  },
  async 'ticket-to-route'(hand) {
    const { task } = hand;
    await task.getByRole('row', { name: 'subject Where is it?' }).waitFor();
    await hand.choose(task.getByRole('radio', { name: 'Nobody' }));
    await hand.submit();
  },
  async 'risk-of-a-payment'(hand) {
    const { task } = hand;
    await task.getByRole('heading', { name: 'Score: 996', exact: true }).waitFor();
    await task.getByText('Share of the limit: 80.7 %, rounded 1 and 0.81').waitFor();
    await task.getByText("Customer O'Neill & Søn (FR), 3 orders with this one").waitFor();
    for (const sentence of ['High risk abroad', 'No note', 'No tags']) await task.getByText(sentence).waitFor();
    await hand.choose(task.getByRole('radio', { name: 'review' }));
    await hand.submit();
  },
};
