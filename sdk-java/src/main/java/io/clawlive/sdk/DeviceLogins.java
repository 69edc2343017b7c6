package io.clawlive.sdk;

import io.clawlive.identity.v1.ApproveDeviceLoginRequest;
import io.clawlive.identity.v1.ApproveDeviceLoginResponse;
import io.clawlive.identity.v1.DenyDeviceLoginRequest;
import io.clawlive.identity.v1.DeviceLogin;
import io.clawlive.identity.v1.DeviceLoginServiceGrpc;
import io.clawlive.identity.v1.GetDeviceLoginRequest;
import io.clawlive.identity.v1.GetDeviceLoginResponse;
import io.clawlive.identity.v1.PollDeviceLoginRequest;
import io.clawlive.identity.v1.PollDeviceLoginResponse;
import io.clawlive.identity.v1.StartDeviceLoginRequest;
import io.clawlive.identity.v1.StartDeviceLoginResponse;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.sdk.internal.ApprovalWait;
import io.clawlive.sdk.internal.Unary;
import java.util.concurrent.CompletableFuture;

/** Sign a program in by a code that it shows and that a person approves elsewhere. */
public final class DeviceLogins {
  private final Unary unary;

  DeviceLogins(Unary unary) {
    this.unary = unary;
  }

  /**
   * Begins a login and gives the code to show.
   *
   * @param label what the person is shown, at most 100 characters
   */
  public StartDeviceLoginResponse start(String label) {
    return Unary.await(startAsync(label));
  }

  /** As {@link #start}. */
  public CompletableFuture<StartDeviceLoginResponse> startAsync(String label) {
    return unary.call(
        DeviceLoginServiceGrpc.getStartDeviceLoginMethod(),
        StartDeviceLoginRequest.newBuilder().setLabel(label).build());
  }

  /**
   * Asks once whether the login is approved.
   *
   * @param deviceCode secret of the program, from {@link #start}
   * @throws FailedPreconditionException with reason DEVICE_LOGIN_PENDING while nobody decided
   * @throws NotAllowedException when it was denied
   * @throws NotFoundException when its time is over
   */
  public Tokens poll(String deviceCode) {
    return Unary.await(pollAsync(deviceCode));
  }

  /** As {@link #poll}. */
  public CompletableFuture<Tokens> pollAsync(String deviceCode) {
    return unary
        .call(
            DeviceLoginServiceGrpc.getPollDeviceLoginMethod(),
            PollDeviceLoginRequest.newBuilder().setDeviceCode(deviceCode).build())
        .thenApply(PollDeviceLoginResponse::getTokens);
  }

  /**
   * Asks at the interval that the server wants until somebody approved. A server that is away for a
   * while is waited for.
   *
   * @throws NotAllowedException when it was denied
   * @throws NotFoundException when the code's time is over
   */
  public Tokens await(StartDeviceLoginResponse started) {
    return await(started, () -> {});
  }

  /** As {@link #await(StartDeviceLoginResponse)}, and runs something short after each question. */
  public Tokens await(StartDeviceLoginResponse started, Runnable onWaiting) {
    return new ApprovalWait(started, onWaiting).until(this::poll);
  }

  /**
   * Shows what a code would let in.
   *
   * @param userCode as shown, in any case, with or without the dash
   * @throws NotFoundException when nothing waits under this code
   */
  public DeviceLogin get(String userCode) {
    return Unary.await(getAsync(userCode));
  }

  /** As {@link #get}. */
  public CompletableFuture<DeviceLogin> getAsync(String userCode) {
    return unary
        .call(
            DeviceLoginServiceGrpc.getGetDeviceLoginMethod(),
            GetDeviceLoginRequest.newBuilder().setUserCode(userCode).build())
        .thenApply(GetDeviceLoginResponse::getDeviceLogin);
  }

  /** Lets the program that shows the code in, as the caller. */
  public DeviceLogin approve(String userCode) {
    return Unary.await(approveAsync(userCode));
  }

  /** As {@link #approve}. */
  public CompletableFuture<DeviceLogin> approveAsync(String userCode) {
    return unary
        .call(
            DeviceLoginServiceGrpc.getApproveDeviceLoginMethod(),
            ApproveDeviceLoginRequest.newBuilder().setUserCode(userCode).build())
        .thenApply(ApproveDeviceLoginResponse::getDeviceLogin);
  }

  /** Turns the program that shows the code away. */
  public void deny(String userCode) {
    Unary.await(denyAsync(userCode));
  }

  /** As {@link #deny}. */
  public CompletableFuture<Void> denyAsync(String userCode) {
    return unary
        .call(
            DeviceLoginServiceGrpc.getDenyDeviceLoginMethod(),
            DenyDeviceLoginRequest.newBuilder().setUserCode(userCode).build())
        .thenApply(nothing -> null);
  }
}
