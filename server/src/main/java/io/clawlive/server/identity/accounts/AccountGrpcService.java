package io.clawlive.server.identity.accounts;

import io.clawlive.identity.v1.Account;
import io.clawlive.identity.v1.AccountServiceGrpc.AccountServiceImplBase;
import io.clawlive.identity.v1.CreateAccountRequest;
import io.clawlive.identity.v1.CreateAccountResponse;
import io.clawlive.identity.v1.ListAccountsRequest;
import io.clawlive.identity.v1.ListAccountsResponse;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.UpdateAccountRequest;
import io.clawlive.identity.v1.UpdateAccountResponse;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.platform.grpc.Timestamps;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

@Singleton
final class AccountGrpcService extends AccountServiceImplBase {
  private final Accounts accounts;
  private final PasswordLogin passwords;

  AccountGrpcService(Accounts accounts, PasswordLogin passwords) {
    this.accounts = accounts;
    this.passwords = passwords;
  }

  @Override
  public void createAccount(
      CreateAccountRequest request, StreamObserver<CreateAccountResponse> out) {
    String role = role(request.getRole());
    AccountRow account =
        accounts.create(
            request.getName(),
            role == null ? "user" : role,
            hash(request.getName(), request.getPassword()));
    out.onNext(CreateAccountResponse.newBuilder().setAccount(message(account)).build());
    out.onCompleted();
  }

  @Override
  public void listAccounts(ListAccountsRequest request, StreamObserver<ListAccountsResponse> out) {
    int limit = Page.limit(request.getPageSize());
    var page = Page.cut(accounts.page(request.getPageToken(), limit), limit, AccountRow::name);
    var answer = ListAccountsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.rows().forEach(row -> answer.addAccounts(message(row)));
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void updateAccount(
      UpdateAccountRequest request, StreamObserver<UpdateAccountResponse> out) {
    AccountRow account = accounts.get(request.getAccount());
    AccountRow changed =
        accounts.change(
            account.id(),
            role(request.getRole()),
            request.hasDisabled() ? (Boolean) request.getDisabled() : null,
            hash(account.name(), request.getPassword()));
    out.onNext(UpdateAccountResponse.newBuilder().setAccount(message(changed)).build());
    out.onCompleted();
  }

  private @Nullable String hash(String name, String password) {
    return password.isEmpty() ? null : passwords.newHash(name, password);
  }

  private static @Nullable String role(Role role) {
    return switch (role) {
      case ROLE_ADMIN -> "admin";
      case ROLE_USER -> "user";
      case ROLE_UNSPECIFIED, ROLE_SPECTATOR, ROLE_AGENT, UNRECOGNIZED -> null;
    };
  }

  private static Account message(AccountRow row) {
    var message =
        Account.newBuilder()
            .setAccountId(row.id().toString())
            .setName(row.name())
            .setRole(row.admin() ? Role.ROLE_ADMIN : Role.ROLE_USER)
            .setCreatedAt(Timestamps.of(row.createdAt()));
    if (row.disabledAt() != null) {
      message.setDisabledAt(Timestamps.of(row.disabledAt()));
    }
    if (row.lastLoginAt() != null) {
      message.setLastLoginAt(Timestamps.of(row.lastLoginAt()));
    }
    return message.build();
  }
}
