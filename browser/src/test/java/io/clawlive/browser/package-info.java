/**
 * The viewer as people meet it: a real Chromium, a real server in a process of its own, the real
 * command line feeding it. {@link io.clawlive.browser.Stage} holds what all tests share; begin with
 * {@link io.clawlive.browser.LiveTailTest}.
 */
@NullMarked
package io.clawlive.browser;

import org.jspecify.annotations.NullMarked;
