package io.clawlive.cli.identity;

import io.clawlive.cli.connection.Credential;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.identity.BrowserSignIn.Begun;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.StartOAuthLinkResponse;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description = "Link your account at github or gitlab, so that you can sign in with it too.")
final class LinksAddCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "PROVIDER", description = "github or gitlab.")
  private String provider = "";

  private final Shell shell;

  LinksAddCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      Tokens another =
          new BrowserSignIn(client.oauth(), shell, output)
              .signIn(provider, back -> begin(client, back))
              .getTokens();
      endLogin(another);
      output.answer(
          Json.object("provider", provider, "account_name", another.getAccountName()),
          "%s can now sign in with %s.".formatted(another.getAccountName(), provider));
    }
  }

  private Begun begin(ClawLive client, String back) {
    StartOAuthLinkResponse begun = client.oauth().startLink(provider, back);
    return new Begun(begun.getAuthorizationUrl(), begun.getLoginToken());
  }

  /** A link also gives a login; we have one, and what nobody uses should not be left open. */
  private void endLogin(Tokens another) {
    Credential credential = new Credential(another.getAccessToken(), "link");
    try (ClawLive client = ServerOptions.connect(server.target().address(), credential)) {
      client.identity().logout();
    }
  }
}
