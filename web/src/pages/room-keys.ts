import { chooseTheme, isDark } from '../theme-choice.js';
import type { RoomPage } from './room.js';

/** Keys of the room's page. Nothing happens while somebody writes or works a control with its own keys. */
export function shortcut(page: RoomPage, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const element = event.target as Element;
  // What lies over the page has its own keys, wherever the focus is.
  if (element.closest('input, textarea, select, [popover]') !== null || document.querySelector('dialog[open]') !== null) return;
  const action = ACTIONS[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action(page);
}

export const ROOM_KEYS: readonly [string, string[], string][] = [
  ['Talk', ['c'], 'write a message'],
  ['Talk', ['j', 'k'], 'next, previous message'],
  ['Talk', ['/'], 'search the messages'],
  ['Talk', ['l'], 'newest messages'],
  ['Panels', ['t'], 'tasks'],
  ['Panels', ['a'], 'approvals'],
  ['Panels', ['h'], 'what happened'],
  ['Panels', ['m'], 'members'],
  ['Panels', ['w'], 'wide board or not'],
  ['Page', ['n'], 'new task'],
  ['Page', ['d'], 'light, dark'],
  ['Page', ['Esc'], 'close'],
  ['Page', ['?'], 'this list'],
];

const ACTIONS: Record<string, (page: RoomPage) => void> = {
  c: (page) => {
    page.openTab('chat');
    void page.updateComplete.then(() => page.chatPanel?.focusDraft());
  },
  j: (page) => page.chatPanel?.step(1),
  k: (page) => page.chatPanel?.step(-1),
  '/': (page) => {
    page.openTab('chat');
    void page.updateComplete.then(() => page.chatPanel?.focusSearch());
  },
  l: (page) => page.querySelector<HTMLElement>('.jump')?.click(),
  t: (page) => page.openTab('tasks'),
  a: (page) => page.openTab('approvals'),
  h: (page) => page.openTab('activity'),
  m: (page) => page.openTab('people'),
  w: (page) => page.toggleWide(),
  n: (page) => page.newTask(),
  d: () => chooseTheme(isDark() ? 'light' : 'dark'),
  '?': (page) => page.help?.toggle(),
  Escape: (page) => page.roomModel?.chat.closeThread(),
};
