/** Tests of templates, from their files to what a sandbox is made of. */
@NullMarked
package io.clawlive.server.sandbox.templates;

import org.jspecify.annotations.NullMarked;
