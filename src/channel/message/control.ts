/** Commands for the runtime itself, which do not wait in the chat's queue. Pure. */

export type ControlCommand = 'stop' | 'status';

export function parseControlCommand(text: string): ControlCommand | undefined {
  switch (text.trim().toLowerCase()) {
    case '/stop':
      return 'stop';
    case '/status':
      return 'status';
    default:
      return undefined;
  }
}
