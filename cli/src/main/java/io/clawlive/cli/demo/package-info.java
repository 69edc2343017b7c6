/**
 * The command {@code demo}: a server where none runs, an agent that does a small real job, and the
 * terminal showing what a watcher receives.
 *
 * <p>Public: {@link io.clawlive.cli.demo.DemoCommand}. Then {@code DemoServer} (finds or starts the
 * server), {@code DemoAgent} (agent, project, session), {@code DemoJob} (the work).
 */
@NullMarked
package io.clawlive.cli.demo;

import org.jspecify.annotations.NullMarked;
