/**
 * Commands about what sandboxes are made from: {@code template list|show|reload}.
 *
 * <p>Public: {@link io.clawlive.cli.templates.TemplateCommands}.
 */
@NullMarked
package io.clawlive.cli.templates;

import org.jspecify.annotations.NullMarked;
