/**
 * The viewer's files, as they stand in the jar below {@code web/}, and the paths at which its one
 * page stands.
 *
 * <p>Public: nothing. Start reading at {@link
 * io.clawlive.server.platform.web.pages.PagesController}.
 */
@NullMarked
package io.clawlive.server.platform.web.pages;

import org.jspecify.annotations.NullMarked;
