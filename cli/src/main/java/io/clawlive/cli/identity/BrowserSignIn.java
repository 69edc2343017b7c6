package io.clawlive.cli.identity;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.FinishOAuthResponse;
import io.clawlive.identity.v1.OAuthProvider;
import io.clawlive.sdk.OAuth;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Signs in with an account at a provider: opens its page in a browser on this machine and takes
 * what the browser brings back.
 */
final class BrowserSignIn {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final OAuth oauth;
  private final Shell shell;
  private final OutputOptions output;

  /**
   * A login or link that has begun.
   *
   * @param page what the browser opens
   * @param loginToken what the end is proven with; a secret
   */
  record Begun(String page, String loginToken) {
    @Override
    public String toString() {
      return "Begun[" + page + "]";
    }
  }

  BrowserSignIn(OAuth oauth, Shell shell, OutputOptions output) {
    this.oauth = oauth;
    this.shell = shell;
    this.output = output;
  }

  FinishOAuthResponse signIn(String provider, Function<String, Begun> start) {
    URI back = loopback(provider);
    try (LoopbackListener listener = LoopbackListener.at(back)) {
      Begun begun = start.apply(back.toString());
      listener.expect(LoopbackListener.parameters(URI.create(begun.page())));
      output.notice("Sign in at this address, in a browser on this machine:");
      output.notice(begun.page());
      open(begun.page());
      LoopbackListener.Answer answer = listener.await(PATIENCE);
      return oauth.finish(answer.state(), answer.code(), begun.loginToken());
    }
  }

  /** The first of the provider's addresses that a listener on this machine can stand behind. */
  private URI loopback(String provider) {
    List<OAuthProvider> providers = oauth.providers();
    OAuthProvider found =
        providers.stream()
            .filter(known -> known.getProvider().equals(provider))
            .findFirst()
            .orElseThrow(() ->
                new Failure(
                    ExitCode.NOT_FOUND,
                    "This server does not sign in with '%s'. Set up are: %s. [OAUTH_PROVIDER_UNKNOWN]"
                        .formatted(
                            provider,
                            providers.isEmpty()
                                ? "none"
                                : String.join(
                                    ", ",
                                    providers.stream().map(OAuthProvider::getProvider).toList()))));
    return found.getRedirectUrisList().stream()
        .map(LoopbackListener::usable)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() ->
            new Failure(
                ExitCode.FAILED,
                ("The server has no address on this machine for %s to come back to, so the command"
                     + " line cannot sign in with it. Its administrator can add one such as"
                     + " http://127.0.0.1:8976/callback, here and at the provider; or sign in with"
                     + " 'clawlive login' and a code.")
                    .formatted(provider)));
  }

  /** Tries the machine's way to open a page; the address stands on the terminal in any case. */
  private void open(String page) {
    if (!shell.terminal().present()) {
      return;
    }
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    try {
      new ProcessBuilder(mac ? "open" : "xdg-open", page)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      output.notice("No browser could be opened from here; open the address yourself.");
    }
  }
}
