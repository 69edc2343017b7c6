// The secret of an invitation's link. It comes in the address's fragment, which no server sees, is taken out of the
// address at once, and is kept by the tab over a sign-in until it is used.

const KEY = 'clawlive.invite';

/** The secret for a room that the address or an earlier page of this tab brought; undefined when there is none. */
export function invitationFor(roomId: string): string | undefined {
  const secret = /^#invite=([A-Za-z0-9._~-]{1,128})$/.exec(location.hash)?.[1];
  if (secret !== undefined) {
    history.replaceState(history.state, '', location.pathname + location.search);
    try {
      sessionStorage.setItem(KEY, `${roomId} ${secret}`);
    } catch {
      // Without storage it lasts as long as the page.
    }
    return secret;
  }
  try {
    const [room, kept] = (sessionStorage.getItem(KEY) ?? '').split(' ');
    return room === roomId ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function forgetInvitation(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
