/** What came from a browser is no passkey for this portal; the message is a sentence for the worker. */
export class RefusedPasskey extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefusedPasskey';
  }
}
