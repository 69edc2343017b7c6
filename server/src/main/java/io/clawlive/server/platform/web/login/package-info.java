/**
 * Signing in with a browser: what the contract's logins give is kept in cookies that scripts cannot
 * read. Every other request of the door then counts as its person's, see {@link
 * io.clawlive.server.platform.web.WebCaller}.
 *
 * <p>Public: nothing. Start reading at {@link
 * io.clawlive.server.platform.web.login.LoginController}.
 */
@NullMarked
package io.clawlive.server.platform.web.login;

import org.jspecify.annotations.NullMarked;
