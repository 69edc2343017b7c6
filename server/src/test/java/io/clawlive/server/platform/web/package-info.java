/** Tests of the web door. */
@NullMarked
package io.clawlive.server.platform.web;

import org.jspecify.annotations.NullMarked;
