// The build puts the worker's code into the module as a text, from which it is started by a blob address: the frame of a task
// has an origin of its own, and nothing but such an address could start a worker there.
declare module '*?worker&inline' {
  const InlineWorker: new () => Worker;
  export default InlineWorker;
}
