import { spawn } from 'node:child_process';

/** Opens an address of ours in the person's browser, where there is one; whoever has none reads the address. */
export function openBrowser(url: string, environment: NodeJS.ProcessEnv): void {
  const [command, ...args] = commandOf(url, environment);
  if (command === undefined) return;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

function commandOf(url: string, { DISPLAY, WAYLAND_DISPLAY }: NodeJS.ProcessEnv): readonly string[] {
  if (process.platform === 'darwin') return ['open', url];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return DISPLAY || WAYLAND_DISPLAY ? ['xdg-open', url] : [];
}
