/** Tests of logins, their tokens and the keys that sign them. */
@NullMarked
package io.clawlive.server.identity.logins;

import org.jspecify.annotations.NullMarked;
