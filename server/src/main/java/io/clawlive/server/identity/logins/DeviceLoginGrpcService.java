package io.clawlive.server.identity.logins;

import io.clawlive.identity.v1.ApproveDeviceLoginRequest;
import io.clawlive.identity.v1.ApproveDeviceLoginResponse;
import io.clawlive.identity.v1.DenyDeviceLoginRequest;
import io.clawlive.identity.v1.DenyDeviceLoginResponse;
import io.clawlive.identity.v1.DeviceLogin;
import io.clawlive.identity.v1.DeviceLoginServiceGrpc.DeviceLoginServiceImplBase;
import io.clawlive.identity.v1.GetDeviceLoginRequest;
import io.clawlive.identity.v1.GetDeviceLoginResponse;
import io.clawlive.identity.v1.PollDeviceLoginRequest;
import io.clawlive.identity.v1.PollDeviceLoginResponse;
import io.clawlive.identity.v1.StartDeviceLoginRequest;
import io.clawlive.identity.v1.StartDeviceLoginResponse;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.logins.DeviceLoginRepository.DeviceRow;
import io.clawlive.server.platform.grpc.Timestamps;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

@Singleton
final class DeviceLoginGrpcService extends DeviceLoginServiceImplBase {
  private final DeviceLogins devices;

  DeviceLoginGrpcService(DeviceLogins devices) {
    this.devices = devices;
  }

  @Override
  public void startDeviceLogin(
      StartDeviceLoginRequest request, StreamObserver<StartDeviceLoginResponse> out) {
    out.onNext(devices.start(request.getLabel()));
    out.onCompleted();
  }

  @Override
  public void pollDeviceLogin(
      PollDeviceLoginRequest request, StreamObserver<PollDeviceLoginResponse> out) {
    out.onNext(
        PollDeviceLoginResponse.newBuilder()
            .setTokens(devices.poll(request.getDeviceCode()))
            .build());
    out.onCompleted();
  }

  @Override
  public void getDeviceLogin(
      GetDeviceLoginRequest request, StreamObserver<GetDeviceLoginResponse> out) {
    out.onNext(
        GetDeviceLoginResponse.newBuilder()
            .setDeviceLogin(message(devices.get(request.getUserCode())))
            .build());
    out.onCompleted();
  }

  @Override
  public void approveDeviceLogin(
      ApproveDeviceLoginRequest request, StreamObserver<ApproveDeviceLoginResponse> out) {
    DeviceRow row = devices.approve(request.getUserCode(), caller());
    out.onNext(ApproveDeviceLoginResponse.newBuilder().setDeviceLogin(message(row)).build());
    out.onCompleted();
  }

  @Override
  public void denyDeviceLogin(
      DenyDeviceLoginRequest request, StreamObserver<DenyDeviceLoginResponse> out) {
    devices.deny(request.getUserCode(), caller());
    out.onNext(DenyDeviceLoginResponse.getDefaultInstance());
    out.onCompleted();
  }

  private static Caller.AccountCaller caller() {
    return (Caller.AccountCaller) Caller.CURRENT.get();
  }

  private static DeviceLogin message(DeviceRow row) {
    return DeviceLogin.newBuilder()
        .setLabel(row.label())
        .setAddress(row.address())
        .setCreatedAt(Timestamps.of(row.createdAt()))
        .setExpiresAt(Timestamps.of(row.expiresAt()))
        .build();
  }
}
