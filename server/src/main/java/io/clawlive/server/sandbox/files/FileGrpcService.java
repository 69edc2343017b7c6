package io.clawlive.server.sandbox.files;

import io.clawlive.sandbox.v1.FileServiceGrpc.FileServiceImplBase;
import io.clawlive.sandbox.v1.ListFilesRequest;
import io.clawlive.sandbox.v1.ListFilesResponse;
import io.clawlive.sandbox.v1.MakeFolderRequest;
import io.clawlive.sandbox.v1.MakeFolderResponse;
import io.clawlive.sandbox.v1.MoveFileRequest;
import io.clawlive.sandbox.v1.MoveFileResponse;
import io.clawlive.sandbox.v1.ReadFileRequest;
import io.clawlive.sandbox.v1.ReadFileResponse;
import io.clawlive.sandbox.v1.RemoveFileRequest;
import io.clawlive.sandbox.v1.RemoveFileResponse;
import io.clawlive.sandbox.v1.StatFileRequest;
import io.clawlive.sandbox.v1.StatFileResponse;
import io.clawlive.sandbox.v1.WatchFilesRequest;
import io.clawlive.sandbox.v1.WatchFilesResponse;
import io.clawlive.sandbox.v1.WriteFileRequest;
import io.clawlive.sandbox.v1.WriteFileResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;

@Singleton
final class FileGrpcService extends FileServiceImplBase {
  private static final String PATH = "path";

  private final Files files;
  private final Inside inside;
  private final FileCalls calls;

  FileGrpcService(Files files, Inside inside, FileCalls calls) {
    this.files = files;
    this.inside = inside;
    this.calls = calls;
  }

  @Override
  public void statFile(StatFileRequest request, StreamObserver<StatFileResponse> out) {
    out.onNext(
        StatFileResponse.newBuilder()
            .setEntry(
                files.stat(id(request.getSandboxId()), FilePath.of(request.getPath(), PATH)))
            .build());
    out.onCompleted();
  }

  private static UUID id(String sandbox) {
    return UUID.fromString(sandbox);
  }

  @Override
  public void listFiles(ListFilesRequest request, StreamObserver<ListFilesResponse> out) {
    Listing listing =
        files.list(
            id(request.getSandboxId()), FilePath.of(request.getPath(), PATH), request.getDepth());
    out.onNext(
        ListFilesResponse.newBuilder()
            .addAllEntries(listing.entries().values())
            .setTruncated(listing.truncated())
            .build());
    out.onCompleted();
  }

  @Override
  public void makeFolder(MakeFolderRequest request, StreamObserver<MakeFolderResponse> out) {
    out.onNext(
        MakeFolderResponse.newBuilder()
            .setEntry(
                files.makeFolder(
                    id(request.getSandboxId()),
                    FilePath.of(request.getPath(), PATH),
                    request.getMode()))
            .build());
    out.onCompleted();
  }

  @Override
  public void moveFile(MoveFileRequest request, StreamObserver<MoveFileResponse> out) {
    out.onNext(
        MoveFileResponse.newBuilder()
            .setEntry(
                files.move(
                    id(request.getSandboxId()),
                    FilePath.belowRoot(request.getPath(), PATH),
                    FilePath.belowRoot(request.getNewPath(), "new_path"),
                    request.getReplace()))
            .build());
    out.onCompleted();
  }

  @Override
  public void removeFile(RemoveFileRequest request, StreamObserver<RemoveFileResponse> out) {
    files.remove(
        id(request.getSandboxId()),
        FilePath.belowRoot(request.getPath(), PATH),
        request.getRecursive());
    out.onNext(RemoveFileResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void readFile(ReadFileRequest request, StreamObserver<ReadFileResponse> out) {
    FileStreamCall.begin(
        calls,
        new FileReadCall(
            inside,
            calls,
            id(request.getSandboxId()),
            FilePath.of(request.getPath(), PATH),
            request.getOffset(),
            request.getLength()),
        (ServerCallStreamObserver<ReadFileResponse>) out);
  }

  @Override
  public StreamObserver<WriteFileRequest> writeFile(StreamObserver<WriteFileResponse> out) {
    return new FileWriteCall(inside, calls, (ServerCallStreamObserver<WriteFileResponse>) out);
  }

  @Override
  public void watchFiles(WatchFilesRequest request, StreamObserver<WatchFilesResponse> out) {
    FileStreamCall.begin(
        calls,
        new FileWatchCall(
            inside,
            calls,
            id(request.getSandboxId()),
            FilePath.of(request.getPath(), PATH),
            request.getDepth(),
            Duration.ofSeconds(Math.max(1, request.getInterval().getSeconds()))),
        (ServerCallStreamObserver<WatchFilesResponse>) out);
  }
}
