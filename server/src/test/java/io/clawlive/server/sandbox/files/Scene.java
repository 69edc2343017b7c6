package io.clawlive.server.sandbox.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.clawlive.sandbox.v1.CreateSandboxRequest;
import io.clawlive.sandbox.v1.DeleteSandboxRequest;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.FileServiceGrpc;
import io.clawlive.sandbox.v1.FileServiceGrpc.FileServiceBlockingStub;
import io.clawlive.sandbox.v1.FileServiceGrpc.FileServiceBlockingV2Stub;
import io.clawlive.sandbox.v1.GetRuntimeStatusRequest;
import io.clawlive.sandbox.v1.GetSandboxRequest;
import io.clawlive.sandbox.v1.ListFilesRequest;
import io.clawlive.sandbox.v1.ListFilesResponse;
import io.clawlive.sandbox.v1.ReadFileRequest;
import io.clawlive.sandbox.v1.ReadFileResponse;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.StartProcessRequest;
import io.clawlive.sandbox.v1.StartProcessResponse;
import io.clawlive.sandbox.v1.StatFileRequest;
import io.clawlive.sandbox.v1.WriteFileEnd;
import io.clawlive.sandbox.v1.WriteFileOpen;
import io.clawlive.sandbox.v1.WriteFileRequest;
import io.clawlive.sandbox.v1.WriteFileResponse;
import io.clawlive.server.platform.Sha256;
import io.clawlive.server.sandbox.runtime.NotRun;
import io.clawlive.server.sandbox.runtime.TestImage;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.streams.v1.SandboxState;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A server with one runtime, a caller, and a sandbox of hers that runs. */
final class Scene implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CHUNK = 65_536;

  final TestServer server;
  final Client ada;
  final String sandbox;
  private final List<String> made = new ArrayList<>();
  private final String image;

  private Scene(TestServer server, String image) {
    this.server = server;
    this.image = image;
    this.ada = server.person("ada").client();
    this.sandbox = create(SandboxSpec.newBuilder());
  }

  static Scene open(String runtime, Path folder, String image, String tests)
      throws IOException, InterruptedException {
    TestServer server =
        TestServer.start(
            "clawlive.sandbox.runtime=" + runtime, "clawlive.sandbox.folder=" + folder);
    var status =
        server.admin().runtime().getRuntimeStatus(GetRuntimeStatusRequest.getDefaultInstance());
    if (status.getActive().isEmpty()) {
      server.close();
      NotRun.because(tests, runtime + " does not run here");
    }
    if (!image.isEmpty()) {
      TestImage.build(TestImage.client());
    }
    return new Scene(server, image);
  }

  String create(SandboxSpec.Builder spec) {
    String id =
        ada.sandboxes()
            .createSandbox(
                CreateSandboxRequest.newBuilder()
                    .setSpec(spec.setImage(image).setTmpMb(16).setMemoryMb(256))
                    .build())
            .getSandbox()
            .getSandboxId();
    made.add(id);
    becomes(id, SandboxState.SANDBOX_STATE_RUNNING);
    return id;
  }

  void becomes(String id, SandboxState state) {
    Together.soon(
        state.name(),
        PATIENCE,
        () ->
            ada.sandboxes()
                    .getSandbox(GetSandboxRequest.newBuilder().setSandboxId(id).build())
                    .getSandbox()
                    .getState()
                == state);
  }

  @Override
  public void close() {
    for (String id : made) {
      var unused =
          ada.sandboxes().deleteSandbox(DeleteSandboxRequest.newBuilder().setSandboxId(id).build());
    }
    made.forEach(id -> becomes(id, SandboxState.SANDBOX_STATE_DELETED));
    server.close();
  }

  FileServiceBlockingStub files() {
    return FileServiceGrpc.newBlockingStub(ada.channel());
  }

  FileServiceBlockingV2Stub lasting() {
    return FileServiceGrpc.newBlockingV2Stub(ada.channel());
  }

  /** Runs a script beside the calls under test; what it wrote. */
  String shell(String script) {
    return new String(
        run(script).toByteArray(), StandardCharsets.UTF_8);
  }

  private ByteArrayOutputStream run(String script) {
    Iterator<StartProcessResponse> events =
        ada.processes()
            .startProcess(
                StartProcessRequest.newBuilder()
                    .setSandboxId(sandbox)
                    .addCommand("sh")
                    .addCommand("-c")
                    .addCommand(script)
                    .build());
    var out = new ByteArrayOutputStream();
    var err = new StringBuilder();
    events.forEachRemaining(each -> {
      out.writeBytes(each.getEvent().getStdout().toByteArray());
      err.append(each.getEvent().getStderr().toStringUtf8());
      if (each.getEvent().hasExited()) {
        assertEquals(0, each.getEvent().getExited().getCode(), err.toString());
      }
    });
    return out;
  }

  FileEntry stat(String path) {
    return files()
        .statFile(StatFileRequest.newBuilder().setSandboxId(sandbox).setPath(path).build())
        .getEntry();
  }

  ListFilesResponse list(String path, int depth) {
    return files()
        .listFiles(
            ListFilesRequest.newBuilder()
                .setSandboxId(sandbox)
                .setPath(path)
                .setDepth(depth)
                .build());
  }

  List<String> paths(String path, int depth) {
    return list(path, depth).getEntriesList().stream().map(FileEntry::getPath).toList();
  }

  /** What was read, and what was told around it. */
  record Read(FileEntry entry, byte[] bytes) {}

  Read read(String path, long offset, long length) {
    Iterator<ReadFileResponse> parts =
        files()
            .readFile(
                ReadFileRequest.newBuilder()
                    .setSandboxId(sandbox)
                    .setPath(path)
                    .setOffset(offset)
                    .setLength(length)
                    .build());
    FileEntry entry = parts.next().getEntry();
    var bytes = new ByteArrayOutputStream();
    ReadFileResponse part = parts.next();
    while (part.hasData()) {
      bytes.writeBytes(part.getData().toByteArray());
      part = parts.next();
    }
    assertEquals(bytes.size(), part.getEnd().getBytes());
    assertEquals(
        ByteString.copyFrom(Sha256.of(bytes.toByteArray())), part.getEnd().getSha256());
    assertEquals(false, parts.hasNext());
    return new Read(entry, bytes.toByteArray());
  }

  byte[] read(String path) {
    return read(path, 0, 0).bytes();
  }

  WriteFileOpen.Builder open(String path) {
    return WriteFileOpen.newBuilder().setSandboxId(sandbox).setPath(path);
  }

  /** Opens a call that writes. */
  BlockingClientCall<WriteFileRequest, WriteFileResponse> writing(WriteFileOpen.Builder open) {
    BlockingClientCall<WriteFileRequest, WriteFileResponse> call = lasting().writeFile();
    send(call, WriteFileRequest.newBuilder().setOpen(open));
    return call;
  }

  /** Sends one message; false when the call is over already. */
  static boolean send(
      BlockingClientCall<WriteFileRequest, WriteFileResponse> call,
      WriteFileRequest.Builder message) {
    try {
      return call.write(message.build());
    } catch (StatusException | InterruptedException e) {
      return false;
    }
  }

  static boolean send(
      BlockingClientCall<WriteFileRequest, WriteFileResponse> call, byte[] data, int from, int to) {
    boolean taken = true;
    for (int at = from; at < to && taken; at += CHUNK) {
      taken =
          send(
              call,
              WriteFileRequest.newBuilder()
                  .setData(ByteString.copyFrom(data, at, Math.min(CHUNK, to - at))));
    }
    return taken;
  }

  /** Ends a call that writes, and hears what became of it. */
  static WriteFileResponse end(
      BlockingClientCall<WriteFileRequest, WriteFileResponse> call, byte[] sha256) {
    boolean unused =
        send(
            call,
            WriteFileRequest.newBuilder()
                .setEnd(WriteFileEnd.newBuilder().setSha256(ByteString.copyFrom(sha256))));
    call.halfClose();
    return answer(call);
  }

  static WriteFileResponse answer(BlockingClientCall<WriteFileRequest, WriteFileResponse> call) {
    try {
      return call.read();
    } catch (StatusException e) {
      throw new StatusRuntimeException(e.getStatus(), e.getTrailers());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes a whole file. */
  FileEntry write(WriteFileOpen.Builder open, byte[] data) {
    var call = writing(open);
    boolean unused = send(call, data, 0, data.length);
    WriteFileResponse answer = end(call, Sha256.of(data));
    assertEquals(ByteString.copyFrom(Sha256.of(data)), answer.getSha256());
    return answer.getEntry();
  }

  FileEntry write(String path, String text) {
    return write(open(path), text.getBytes(StandardCharsets.UTF_8));
  }
}
