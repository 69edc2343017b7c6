/** Tests of the machinery that needs no server: outboxes, spool files, back-off, rules, JSON. */
@NullMarked
package io.clawlive.sdk.internal;

import org.jspecify.annotations.NullMarked;
