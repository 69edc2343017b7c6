package io.clawlive.server.platform.grpc;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.IdentityServiceGrpc;
import io.clawlive.identity.v1.LoginRequest;
import io.clawlive.identity.v1.LoginResponse;
import io.clawlive.server.testing.TestServer;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The Login of the contract behind the interceptors of a server. Its password says what comes of a
 * call; callers can come from any address.
 */
final class GuardedDoor extends IdentityServiceGrpc.IdentityServiceImplBase
    implements AutoCloseable {
  static final String RIGHT = "right";

  /** A wrong password, told by the three ways in which an endpoint can fail. */
  enum Wrong {
    THROWN,
    ANSWERED,
    AS_A_STATUS
  }

  /** A call of this password waits in the endpoint, and then is wrong. */
  static final String SLOW = "slow";

  static final String BROKEN = "broken";

  /** How many calls wait in the endpoint, and what they wait for. */
  final Semaphore waiting = new Semaphore(0);

  final Semaphore goOn = new Semaphore(0);

  private final Server server;
  private final ManagedChannel channel;

  GuardedDoor(TestServer beans) {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .addService(
                  ServerInterceptors.interceptForward(
                      this,
                      new Pretence(),
                      beans.bean(ErrorInterceptor.class),
                      beans.bean(LockoutInterceptor.class)))
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
  }

  /** Tries a password from this machine. */
  void login(String name, String password) {
    login(name, password, "127.0.0.1");
  }

  /** Tries a password from an address. */
  void login(String name, String password, String from) {
    var request = LoginRequest.newBuilder().setName(name).setPassword(password).build();
    IdentityServiceGrpc.newBlockingStub(channel)
        .withInterceptors(Pretence.of(from, ""))
        .login(request);
  }

  /** Begins a call and cancels it, once it waits in the endpoint. */
  void loginAndCancel(String name) throws InterruptedException {
    var request = LoginRequest.newBuilder().setName(name).setPassword(SLOW).build();
    try (var cancellable = Context.current().withCancellation()) {
      cancellable.run(() -> IdentityServiceGrpc.newFutureStub(channel).login(request));
      waiting.acquire();
    }
  }

  @Override
  public void login(LoginRequest request, StreamObserver<LoginResponse> answer) {
    Refusal wrong = Refusal.of(ErrorReason.ERROR_REASON_LOGIN_FAILED, "Name or password is wrong.");
    switch (request.getPassword()) {
      case RIGHT -> {
        answer.onNext(LoginResponse.getDefaultInstance());
        answer.onCompleted();
      }
      case SLOW -> {
        waiting.release();
        goOn.acquireUninterruptibly();
        throw wrong;
      }
      case BROKEN -> throw Refusal.of(ErrorReason.ERROR_REASON_STORAGE_UNAVAILABLE, "Not now.");
      default -> {
        switch (Wrong.valueOf(request.getPassword())) {
          case THROWN -> throw wrong;
          case ANSWERED -> answer.onError(wrong);
          case AS_A_STATUS -> answer.onError(Status.UNAUTHENTICATED.asRuntimeException());
        }
      }
    }
  }

  @Override
  public void close() {
    goOn.release(1_000);
    channel.shutdownNow();
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
