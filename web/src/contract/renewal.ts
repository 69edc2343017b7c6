import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { forgetSession, renewSession, whoAmI } from '../account.js';

/**
 * Calls again when a call is refused for its cookie: with a renewed one, or as nobody when the login is over, for
 * most of what there is to see is open to everybody. The tokens themselves are in HttpOnly cookies and never seen here.
 */
export const renewingSession: Interceptor = (next) => async (request) => {
  try {
    return await next(request);
  } catch (failure) {
    if (ConnectError.from(failure).code !== Code.Unauthenticated || (await whoAmI()) === undefined) throw failure;
    if (!(await renewSession())) await forgetSession();
    return await next(request);
  }
};
