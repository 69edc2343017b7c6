/**
 * Snapshots of sandboxes: their volumes as compressed archives in the folder of the installation,
 * and what they were made of in the table {@code sandbox_snapshots}.
 *
 * <p>Public: nothing. The sandboxes' own room asks {@link io.clawlive.server.sandbox.FileSource}
 * for files, which is answered here. Start reading at {@link
 * io.clawlive.server.sandbox.snapshots.Snapshots}; how a volume is kept is the matter of {@link
 * io.clawlive.server.sandbox.snapshots.SnapshotFolder}.
 */
@NullMarked
package io.clawlive.server.sandbox.snapshots;

import org.jspecify.annotations.NullMarked;
