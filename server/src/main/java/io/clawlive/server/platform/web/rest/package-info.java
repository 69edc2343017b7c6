/**
 * The contract over plain HTTP and JSON: every RPC with a {@code google.api.http} path is called
 * through the inner door, so nothing is implemented here twice and no RPC is known by name but
 * where a document asks for more than the annotations can say ({@link
 * io.clawlive.server.platform.web.rest.Following}). An answer of many messages is either one JSON
 * object or server-sent events.
 *
 * <p>Public: {@link io.clawlive.server.platform.web.rest.ErrorBody}, a refused call as JSON. The
 * HTTP server finds the controllers. Start reading at {@link
 * io.clawlive.server.platform.web.rest.Transcoder}.
 */
@NullMarked
package io.clawlive.server.platform.web.rest;

import org.jspecify.annotations.NullMarked;
