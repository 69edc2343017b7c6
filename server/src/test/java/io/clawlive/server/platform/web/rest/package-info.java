/** REST through the front door. */
@NullMarked
package io.clawlive.server.platform.web.rest;

import org.jspecify.annotations.NullMarked;
