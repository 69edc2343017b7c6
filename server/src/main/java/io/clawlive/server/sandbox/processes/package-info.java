/**
 * Programs that are started in sandboxes from outside: {@link
 * io.clawlive.server.sandbox.processes.Processes} knows them, a {@link
 * io.clawlive.server.sandbox.processes.ProcessJournal} keeps what each writes, and a {@link
 * io.clawlive.server.sandbox.processes.ProcessTail} tells it to one caller.
 *
 * <p>No table: a process is gone with the server that started it, and so is its journal.
 */
@NullMarked
package io.clawlive.server.sandbox.processes;

import org.jspecify.annotations.NullMarked;
