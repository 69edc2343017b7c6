package io.clawlive.cli.identity;

import io.clawlive.cli.connection.Address;
import io.clawlive.cli.connection.Credential;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.home.Login;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.identity.v1.WhoAmIResponse;
import io.clawlive.sdk.ClawLive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * The server that is signed in to, and what is the same for every way of doing it: the tokens are
 * stored, the server becomes the profile's, and the answer says who one is.
 */
final class SignIn {
  private final Shell shell;
  private final ServerOptions server;
  private final OutputOptions output;

  SignIn(Shell shell, ServerOptions server, OutputOptions output) {
    this.shell = shell;
    this.server = server;
    this.output = output;
  }

  /** The server, also where the profile that shall name it does not exist yet. */
  Address address() {
    return server.namedServer().orElseGet(() -> server.target().address());
  }

  /** A client without a credential. Whoever asks for it closes it. */
  ClawLive connect() {
    return ServerOptions.connect(address(), Credential.NONE);
  }

  /** Keeps a login first of all, because its tokens are given once. */
  void keep(Tokens tokens) {
    server.home().credentials().setLogin(address().filed(), Login.of(tokens, Instant.now()));
    answer(new Credential(tokens.getAccessToken(), "login"));
  }

  /** Keeps a token that the server knows. */
  void keep(String token, WhoAmIResponse caller) {
    server.home().credentials().setToken(address().filed(), token);
    answer(caller);
  }

  private void answer(Credential credential) {
    try (ClawLive client = ServerOptions.connect(address(), credential)) {
      answer(client.identity().whoAmI());
    }
  }

  private void answer(WhoAmIResponse answer) {
    String profile = server.namedProfile().orElseGet(server.home().profiles()::usual);
    server.home().profiles().setServer(profile, address().toString());
    Caller caller = new Caller(answer);
    Map<String, Object> fields = caller.fields();
    fields.put("server", address().toString());
    fields.put("profile", profile);
    output.answer(
        fields,
        "Signed in to %s as %s (profile %s).".formatted(address(), caller.words(), profile));
    if (shell.variable("CLAWLIVE_TOKEN").isPresent()) {
      output.notice("CLAWLIVE_TOKEN is set and goes before what was stored now.");
    }
  }

  /** What a login is called in lists: "clawlive on laptop". */
  String label() {
    String name = shell.variable("HOSTNAME").orElseGet(SignIn::hostName).strip();
    String label = "clawlive on " + (name.isEmpty() ? "a machine without a name" : name);
    return label.substring(0, Math.min(100, label.length()));
  }

  /** Not by the network's names, which may take seconds. */
  private static String hostName() {
    try {
      return Files.readString(Path.of("/etc/hostname"));
    } catch (IOException e) {
      return "";
    }
  }
}
