package io.clawlive.sdk;

import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.FileServiceGrpc;
import io.clawlive.sandbox.v1.ListFilesRequest;
import io.clawlive.sandbox.v1.ListFilesResponse;
import io.clawlive.sandbox.v1.MakeFolderRequest;
import io.clawlive.sandbox.v1.MakeFolderResponse;
import io.clawlive.sandbox.v1.MoveFileRequest;
import io.clawlive.sandbox.v1.MoveFileResponse;
import io.clawlive.sandbox.v1.ReadFileRequest;
import io.clawlive.sandbox.v1.RemoveFileRequest;
import io.clawlive.sandbox.v1.RemoveFileResponse;
import io.clawlive.sandbox.v1.StatFileRequest;
import io.clawlive.sandbox.v1.StatFileResponse;
import io.clawlive.sandbox.v1.WatchFilesRequest;
import io.clawlive.sandbox.v1.WatchFilesResponse;
import io.clawlive.sandbox.v1.WriteFileOpen;
import io.clawlive.sdk.internal.FileRead;
import io.clawlive.sdk.internal.FileWrite;
import io.clawlive.sdk.internal.Reports;
import io.clawlive.sdk.internal.Transport;
import io.clawlive.sdk.internal.Unary;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/**
 * The files of a sandbox that runs, seen and changed by the sandbox's own user. Paths are absolute,
 * as they are inside, without "..", at most 4,096 bytes.
 *
 * <p>Every call may fail with {@link NotFoundException} FILE_NOT_FOUND, {@link
 * FailedPreconditionException} FILE_REFUSED where the sandbox's user may not or the path is of
 * another kind, SANDBOX_STATE_REFUSED where the sandbox does not run, or STORAGE_OF_SANDBOX_FULL.
 */
public final class SandboxFiles {
  private final Transport transport;
  private final Unary unary;
  private final String sandboxId;

  SandboxFiles(Transport transport, Unary unary, String sandboxId) {
    this.transport = transport;
    this.unary = unary;
    this.sandboxId = sandboxId;
  }

  /** What is there; a link is told as a link. */
  public FileEntry stat(String path) {
    return Unary.await(statAsync(path));
  }

  /** As {@link #stat}. */
  public CompletableFuture<FileEntry> statAsync(String path) {
    return unary
        .call(
            FileServiceGrpc.getStatFileMethod(),
            StatFileRequest.newBuilder().setSandboxId(sandboxId).setPath(path).build())
        .thenApply(StatFileResponse::getEntry);
  }

  /**
   * What is in a folder, in the order of the paths' bytes: at most 10,000, and whether there is
   * more.
   */
  public ListFilesResponse list(String folder) {
    return list(folder, 1);
  }

  /**
   * As {@link #list(String)}, and what is below it.
   *
   * @param depth levels, 1 to 32; links are not followed
   */
  public ListFilesResponse list(String folder, int depth) {
    return Unary.await(listAsync(folder, depth));
  }

  /** As {@link #list(String, int)}. */
  public CompletableFuture<ListFilesResponse> listAsync(String folder, int depth) {
    return unary.call(
        FileServiceGrpc.getListFilesMethod(),
        ListFilesRequest.newBuilder()
            .setSandboxId(sandboxId)
            .setPath(folder)
            .setDepth(depth)
            .build());
  }

  /** Makes a folder with mode 0755, and those above it that are missing. */
  public FileEntry makeFolder(String path) {
    return makeFolder(path, 0);
  }

  /**
   * As {@link #makeFolder(String)}.
   *
   * @param mode permissions of the folder itself, 1 to 4095; 0 means 0755 octal
   */
  public FileEntry makeFolder(String path, int mode) {
    return Unary.await(makeFolderAsync(path, mode));
  }

  /** As {@link #makeFolder(String, int)}. */
  public CompletableFuture<FileEntry> makeFolderAsync(String path, int mode) {
    return unary
        .call(
            FileServiceGrpc.getMakeFolderMethod(),
            MakeFolderRequest.newBuilder()
                .setSandboxId(sandboxId)
                .setPath(path)
                .setMode(mode)
                .build())
        .thenApply(MakeFolderResponse::getEntry);
  }

  /**
   * Gives a file or folder another path, whose folder is there.
   *
   * @param replace whether a file that is there is replaced; a folder never is
   * @throws AlreadyExistsException with reason FILE_EXISTS
   */
  public FileEntry move(String path, String newPath, boolean replace) {
    return Unary.await(moveAsync(path, newPath, replace));
  }

  /** As {@link #move}. */
  public CompletableFuture<FileEntry> moveAsync(String path, String newPath, boolean replace) {
    return unary
        .call(
            FileServiceGrpc.getMoveFileMethod(),
            MoveFileRequest.newBuilder()
                .setSandboxId(sandboxId)
                .setPath(path)
                .setNewPath(newPath)
                .setReplace(replace)
                .build())
        .thenApply(MoveFileResponse::getEntry);
  }

  /**
   * Removes a file, a link or a folder; nothing there is no error.
   *
   * @param recursive whether a folder goes with everything in it; else only an empty one goes
   */
  public void remove(String path, boolean recursive) {
    RemoveFileResponse unused = Unary.await(removeAsync(path, recursive));
  }

  /** As {@link #remove}. */
  public CompletableFuture<RemoveFileResponse> removeAsync(String path, boolean recursive) {
    return unary.call(
        FileServiceGrpc.getRemoveFileMethod(),
        RemoveFileRequest.newBuilder()
            .setSandboxId(sandboxId)
            .setPath(path)
            .setRecursive(recursive)
            .build());
  }

  /**
   * Opens a file to read it all. A call that drops goes on from the next byte, and what arrived is
   * compared with its SHA-256.
   *
   * @throws IOException also from the stream: where the file changed while it was read, or arrived
   *     damaged
   */
  public InputStream read(String path) throws IOException {
    return read(path, 0, 0);
  }

  /**
   * As {@link #read(String)}, a piece of it.
   *
   * @param offset bytes that are left out at the beginning
   * @param length most bytes; 0 means to the end
   */
  public InputStream read(String path, long offset, long length) throws IOException {
    return new FileRead(
        transport,
        ReadFileRequest.newBuilder()
            .setSandboxId(sandboxId)
            .setPath(path)
            .setOffset(offset)
            .setLength(length)
            .build());
  }

  /** Writes a file from a stream to its end, replacing what is there and keeping its mode. */
  public FileEntry write(String path, InputStream content) throws IOException {
    return write(path, content, 0, true);
  }

  /**
   * Writes a file from a stream to its end, which is not closed. It takes its path in one step when
   * all has arrived and the SHA-256 is right. Folders above it that are missing are made. A call
   * that drops goes on where the server stands; up to 8 MiB of what was sent are kept for that.
   *
   * @param mode permissions, 1 to 4095; 0 means as the file has that is replaced, or 0644 octal
   * @param replace whether a file that is there is replaced
   * @throws AlreadyExistsException with reason FILE_EXISTS
   * @throws IOException what reading the stream throws
   */
  public FileEntry write(String path, InputStream content, int mode, boolean replace)
      throws IOException {
    WriteFileOpen open =
        WriteFileOpen.newBuilder()
            .setSandboxId(sandboxId)
            .setPath(path)
            .setMode(mode)
            .setReplace(replace)
            .build();
    return new FileWrite(transport, unary, open, content).write();
  }

  /**
   * Tells what changes in a folder from now on, looking every second. The first message is empty,
   * and so is the first after a lost connection: what changed in between is not told.
   *
   * @param depth levels below it, 1 to 32
   * @throws FailedPreconditionException above 4 watches of one sandbox, or 10,000 entries
   */
  public SandboxWatch<WatchFilesResponse> watch(String folder, int depth) {
    return new SandboxWatch<>(
        new Reports<>(
            transport,
            FileServiceGrpc.getWatchFilesMethod(),
            WatchFilesRequest.newBuilder()
                .setSandboxId(sandboxId)
                .setPath(folder)
                .setDepth(depth)
                .build(),
            (before, after) -> true),
        message -> message);
  }
}
