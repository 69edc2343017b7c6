import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { renewSession } from '../account.js';

/**
 * Renews the session's cookie once when a call is refused because the cookie has expired, and calls
 * again. The tokens themselves are in HttpOnly cookies and never seen here.
 */
export const renewingSession: Interceptor = (next) => async (request) => {
  try {
    return await next(request);
  } catch (failure) {
    if (ConnectError.from(failure).code !== Code.Unauthenticated || !(await renewSession())) throw failure;
    return await next(request);
  }
};
