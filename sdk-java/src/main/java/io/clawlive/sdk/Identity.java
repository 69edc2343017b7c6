package io.clawlive.sdk;

import io.clawlive.identity.v1.ChangePasswordRequest;
import io.clawlive.identity.v1.IdentityServiceGrpc;
import io.clawlive.identity.v1.ListSigningKeysRequest;
import io.clawlive.identity.v1.ListSigningKeysResponse;
import io.clawlive.identity.v1.LoginRequest;
import io.clawlive.identity.v1.LoginResponse;
import io.clawlive.identity.v1.LogoutRequest;
import io.clawlive.identity.v1.RefreshRequest;
import io.clawlive.identity.v1.RefreshResponse;
import io.clawlive.identity.v1.RegisterRequest;
import io.clawlive.identity.v1.RegisterResponse;
import io.clawlive.identity.v1.RotateSigningKeyRequest;
import io.clawlive.identity.v1.RotateSigningKeyResponse;
import io.clawlive.identity.v1.SigningKey;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.identity.v1.WhoAmIResponse;
import io.clawlive.sdk.internal.Unary;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who is calling: sign in, stay signed in, sign out.
 *
 * <p>The tokens that a login gives are not used by this client by itself: make a client with {@link
 * ClawLiveOptions#withToken} or, to stay signed in, with {@link RefreshingTokens}.
 */
public final class Identity {
  private final Unary unary;

  Identity(Unary unary) {
    this.unary = unary;
  }

  /** Whom the credential belongs to, until when, and how one signs in on this server. */
  public WhoAmIResponse whoAmI() {
    return Unary.await(whoAmIAsync());
  }

  /** As {@link #whoAmI()}. */
  public CompletableFuture<WhoAmIResponse> whoAmIAsync() {
    return unary.call(IdentityServiceGrpc.getWhoAmIMethod(), WhoAmIRequest.getDefaultInstance());
  }

  /**
   * Makes an account and signs it in; on a server without an account, its administrator.
   *
   * @param name 2 to 32 of A-Z a-z 0-9 - _, kept in lower case
   * @param password 12 to 200 characters, not the name
   * @throws AlreadyExistsException when the name is taken
   * @throws NotAllowedException with reason REGISTRATION_CLOSED where administrators make accounts
   */
  public RegisterResponse register(String name, String password) {
    return Unary.await(registerAsync(name, password));
  }

  /** As {@link #register}. */
  public CompletableFuture<RegisterResponse> registerAsync(String name, String password) {
    return unary.call(
        IdentityServiceGrpc.getRegisterMethod(),
        RegisterRequest.newBuilder().setName(name).setPassword(password).build());
  }

  /**
   * Signs in with name and password.
   *
   * @param label where the login is used, shown in lists; at most 100 characters, may be empty
   * @throws UnauthenticatedException with reason LOGIN_FAILED when name or password is wrong
   * @throws RateLimitedException with reason LOCKED_OUT after too many failures; it says how long
   *     to wait
   */
  public Tokens login(String name, String password, String label) {
    return Unary.await(loginAsync(name, password, label));
  }

  /** As {@link #login}. */
  public CompletableFuture<Tokens> loginAsync(String name, String password, String label) {
    return unary
        .call(
            IdentityServiceGrpc.getLoginMethod(),
            LoginRequest.newBuilder().setName(name).setPassword(password).setLabel(label).build())
        .thenApply(LoginResponse::getTokens);
  }

  /**
   * Gives new tokens for a refresh token, which is used up by this. It is never sent a second time
   * by itself, because using one twice ends the login.
   *
   * @throws CredentialEndedException when the login is over
   */
  public Tokens refresh(String refreshToken) {
    return Unary.await(refreshAsync(refreshToken));
  }

  /** As {@link #refresh}. */
  public CompletableFuture<Tokens> refreshAsync(String refreshToken) {
    return unary
        .call(
            IdentityServiceGrpc.getRefreshMethod(),
            RefreshRequest.newBuilder().setRefreshToken(refreshToken).build())
        .thenApply(RefreshResponse::getTokens);
  }

  /** Ends the login that this client's access token belongs to. With a key it changes nothing. */
  public void logout() {
    Unary.await(logoutAsync());
  }

  /** As {@link #logout}. */
  public CompletableFuture<Void> logoutAsync() {
    return unary
        .call(IdentityServiceGrpc.getLogoutMethod(), LogoutRequest.getDefaultInstance())
        .thenApply(nothing -> null);
  }

  /**
   * Sets a new password and ends every other login of the account.
   *
   * @param oldPassword empty only when the account has none, because it signs in elsewhere
   * @param newPassword 12 to 200 characters, not the name
   */
  public void changePassword(String oldPassword, String newPassword) {
    Unary.await(changePasswordAsync(oldPassword, newPassword));
  }

  /** As {@link #changePassword}. */
  public CompletableFuture<Void> changePasswordAsync(String oldPassword, String newPassword) {
    return unary
        .call(
            IdentityServiceGrpc.getChangePasswordMethod(),
            ChangePasswordRequest.newBuilder()
                .setOldPassword(oldPassword)
                .setNewPassword(newPassword)
                .build())
        .thenApply(nothing -> null);
  }

  /**
   * Makes a new key to sign access tokens with, for administrators.
   *
   * @param revokeOld true also takes every access token away that an older key signed
   */
  public SigningKey rotateSigningKey(boolean revokeOld) {
    return Unary.await(rotateSigningKeyAsync(revokeOld));
  }

  /** As {@link #rotateSigningKey}. */
  public CompletableFuture<SigningKey> rotateSigningKeyAsync(boolean revokeOld) {
    return unary
        .call(
            IdentityServiceGrpc.getRotateSigningKeyMethod(),
            RotateSigningKeyRequest.newBuilder().setRevokeOld(revokeOld).build())
        .thenApply(RotateSigningKeyResponse::getKey);
  }

  /** The public keys that access tokens are signed with. */
  public List<SigningKey> signingKeys() {
    return Unary.await(signingKeysAsync());
  }

  /** As {@link #signingKeys}. */
  public CompletableFuture<List<SigningKey>> signingKeysAsync() {
    return unary
        .call(
            IdentityServiceGrpc.getListSigningKeysMethod(),
            ListSigningKeysRequest.getDefaultInstance())
        .thenApply(ListSigningKeysResponse::getKeysList);
  }
}
