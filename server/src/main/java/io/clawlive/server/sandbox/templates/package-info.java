/**
 * Templates of sandboxes, from {@code templates.yaml} and {@code providers.yaml} in a folder of the
 * server, over those that come with it.
 *
 * <p>Public: {@link io.clawlive.server.sandbox.templates.Templates}, whose {@code render} makes the
 * spec of a sandbox and whose {@code resolve} gives the values it must not show; {@link
 * io.clawlive.server.sandbox.templates.Rendered}; {@link
 * io.clawlive.server.sandbox.templates.Naming}.
 *
 * <p>No table: the files are the truth, and each server reads its own. A text of a template may
 * hold {@code {{name}}}, a variable that is filled in when a sandbox is made, and a value of its
 * {@code env} {@code ${NAME}}, a value of the server's environment that is filled in when one
 * starts. Start reading at {@link io.clawlive.server.sandbox.templates.Templates}.
 */
@NullMarked
package io.clawlive.server.sandbox.templates;

import org.jspecify.annotations.NullMarked;
