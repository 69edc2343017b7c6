// Who looks at the page. The tokens are HttpOnly cookies that the server sets; scripts see only this.

export interface Me {
  accountId: string;
  name: string;
  /** Whether the account looks after the server. */
  admin: boolean;
}

let me: Promise<Me | undefined> | undefined;
let renewing: Promise<boolean> | undefined;

/** Whoever is signed in, asked once a page. */
export function whoAmI(): Promise<Me | undefined> {
  me ??= ask();
  return me;
}

async function ask(): Promise<Me | undefined> {
  try {
    let answer = await fetch('/auth/session', { headers: { accept: 'application/json' } });
    if (answer.status === 401 && (await renewSession())) {
      answer = await fetch('/auth/session', { headers: { accept: 'application/json' } });
    }
    if (!answer.ok || answer.status === 204) return undefined;
    const told = (await answer.json()) as Record<string, unknown>;
    const account = (typeof told.account === 'object' && told.account !== null ? told.account : told) as Record<string, unknown>;
    const text = (...names: string[]) => {
      for (const name of names) if (typeof account[name] === 'string' && account[name] !== '') return account[name];
      return '';
    };
    const name = text('name', 'account_name', 'display_name');
    return name === '' ? undefined : { accountId: text('account_id', 'id'), name, admin: /admin/i.test(text('role')) };
  } catch {
    return undefined;
  }
}

/** Asks the server for a fresh cookie; at most one such request at a time. */
export function renewSession(): Promise<boolean> {
  renewing ??= fetch('/auth/session:refresh', { method: 'POST' })
    .then((answer) => answer.ok)
    .catch(() => false)
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
}

/** Signs in; gives what to tell the person when it did not work. */
export async function signIn(name: string, password: string): Promise<string | undefined> {
  let answer: Response;
  try {
    answer = await fetch('/auth/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, password }),
    });
  } catch {
    return 'The server does not answer. Is it running?';
  }
  me = undefined;
  if (answer.ok) return undefined;
  return messageOf(answer);
}

export async function signOut(): Promise<void> {
  await fetch('/auth/session', { method: 'DELETE' });
  me = undefined;
}

/** Takes away the cookies of a login that is over, and tells the page. */
export async function forgetSession(): Promise<void> {
  await signOut().catch(() => undefined);
  me = Promise.resolve(undefined);
  dispatchEvent(new CustomEvent('accountchange'));
}

async function messageOf(answer: Response): Promise<string> {
  try {
    const told = (await answer.json()) as { error?: { message?: string } };
    if (told.error?.message) return told.error.message;
  } catch {
    // Not JSON: the status has to do.
  }
  return `The server refused with status ${answer.status}.`;
}
