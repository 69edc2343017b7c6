package io.clawlive.server.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.google.protobuf.ByteString;
import io.clawlive.identity.v1.ChangePasswordRequest;
import io.clawlive.identity.v1.CreateAccountRequest;
import io.clawlive.identity.v1.CreateKeyRequest;
import io.clawlive.identity.v1.FinishOAuthRequest;
import io.clawlive.identity.v1.OAuthServiceGrpc;
import io.clawlive.identity.v1.PollDeviceLoginRequest;
import io.clawlive.identity.v1.RefreshRequest;
import io.clawlive.identity.v1.StartDeviceLoginRequest;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.live.v1.GetSessionRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import io.clawlive.webhooks.v1.CreateWebhookRequest;
import io.clawlive.webhooks.v1.IngestRequest;
import io.clawlive.webhooks.v1.RotateWebhookRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.slf4j.LoggerFactory;

/**
 * Plants 220 secrets of every kind a caller can bring or get, in good calls and in bad ones, and
 * looks for each of them in everything the server says and keeps: its log at the finest level,
 * every refusal, every row of the database, and the arguments of every process of the machine.
 */
final class SecretsTest {
  private static final int EACH = 20;

  private final List<String> canaries = new ArrayList<>();
  private final Queue<String> said = new ConcurrentLinkedQueue<>();

  @Test
  void noneOfTwoHundredAndTwentySecretsIsEverSaidOrKept() {
    var log = Log.begin(said);
    try (var server = TestServer.start()) {
      passwords(server);
      tokens(server);
      keysAndCodes(server);
      bringWhatIsNone(server);
      webhooks(server);
      assertEquals(220, canaries.size());
      dump(server);
    } finally {
      log.end();
    }
    processes();
    String everything = String.join("\n", said);
    assertTrue(everything.contains("$argon2id$"), "the database was read");
    assertTrue(everything.contains("clawlive"), "processes were read");
    assertTrue(everything.contains("CREDENTIAL_INVALID"), "refusals were read");
    assertEquals(List.of(), canaries.stream().filter(everything::contains).toList());
  }

  @Test
  void librariesWhichLogWhatPassesThroughThemStayQuiet() throws IOException {
    try (var in = SecretsTest.class.getResourceAsStream("/logback.xml")) {
      String settings = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(settings.contains("<root level=\"WARN\">"), settings);
    }
  }

  @Test
  void theSearchFindsWhatIsThere() {
    var log = Log.begin(said);
    try (var server = TestServer.start()) {
      server.person("zebra-in-the-database");
      LoggerFactory.getLogger("io.clawlive.test").trace("zebra in the log");
      refused(() ->
          server
              .nobody()
              .sessions()
              .getSession(GetSessionRequest.newBuilder().setSessionId("zebra-refused").build()));
      dump(server);
    } finally {
      log.end();
    }
    String everything = String.join("\n", said);
    for (String planted : List.of("zebra-in-the-database", "zebra in the log", "session_id")) {
      assertTrue(everything.contains(planted), planted);
    }
  }

  private String canary(String secret) {
    canaries.add(secret);
    return secret;
  }

  private String fresh() {
    return canary("canary-" + UUID.randomUUID());
  }

  /** 60: passwords that are right, wrong, and refused as new ones. */
  private void passwords(TestServer server) {
    for (int i = 0; i < EACH; i++) {
      String name = "person-" + i;
      String password = fresh();
      server
          .admin()
          .accounts()
          .createAccount(
              CreateAccountRequest.newBuilder().setName(name).setPassword(password).build());
      Tokens tokens = Person.login(server, name, password);
      String wrong = fresh();
      refused(() -> Person.login(server, name, wrong));
      String tooLong = fresh();
      refused(() ->
          server
              .as(tokens.getAccessToken())
              .identity()
              .changePassword(
                  ChangePasswordRequest.newBuilder()
                      .setOldPassword(password)
                      .setNewPassword(tooLong.repeat(6))
                      .build()));
    }
  }

  /** 60: access tokens, refresh tokens before and after their use. */
  private void tokens(TestServer server) {
    Person bob = server.person("bob");
    for (int i = 0; i < EACH; i++) {
      Tokens tokens = bob.again().tokens();
      String signature = tokens.getAccessToken();
      canary(signature.substring(signature.lastIndexOf('.') + 1));
      whoAmI(server.as(tokens.getAccessToken()));
      RefreshRequest request =
          RefreshRequest.newBuilder().setRefreshToken(secretOf(tokens.getRefreshToken())).build();
      Tokens next = server.nobody().identity().refresh(request).getTokens();
      secretOf(next.getRefreshToken());
      refused(() -> server.nobody().identity().refresh(request));
    }
  }

  /** 40: keys and device codes. */
  private void keysAndCodes(TestServer server) {
    Person ann = server.person("ann");
    for (int i = 0; i < EACH; i++) {
      String key = ann.client().keys().createKey(CreateKeyRequest.getDefaultInstance()).getApiKey();
      secretOf(key);
      whoAmI(server.as(key));
      refused(() -> whoAmI(server.as(key + "x")));
      String code =
          server
              .nobody()
              .devices()
              .startDeviceLogin(StartDeviceLoginRequest.getDefaultInstance())
              .getDeviceCode();
      secretOf(code);
      refused(() ->
          server
              .nobody()
              .devices()
              .pollDeviceLogin(PollDeviceLoginRequest.newBuilder().setDeviceCode(code).build()));
    }
  }

  /** 40: what only looks like a credential, in headers and in messages. */
  private void bringWhatIsNone(TestServer server) {
    for (int i = 0; i < EACH; i++) {
      String header = fresh();
      refused(() ->
          whoAmI(
              header.hashCode() % 2 == 0
                  ? server.as(header)
                  : server.nobody().withAuthorization(header)));
      String code = fresh();
      refused(() ->
          OAuthServiceGrpc.newBlockingStub(server.nobody().channel())
              .finishOAuth(
                  FinishOAuthRequest.newBuilder()
                      .setState("state")
                      .setCode(code)
                      .setLoginToken(code)
                      .build()));
    }
  }

  /** 20: secrets of webhooks, new and rotated in, and what is signed with none of them. */
  private void webhooks(TestServer server) {
    Worker agent = server.person("carol").worker("hooked");
    String session = agent.stream();
    for (int i = 0; i < EACH / 2; i++) {
      var created =
          agent
              .client()
              .webhooks()
              .createWebhook(
                  CreateWebhookRequest.newBuilder().setAgent("hooked").setName("w" + i).build());
      secretOf(created.getSecret());
      var rotated =
          agent
              .client()
              .webhooks()
              .rotateWebhook(
                  RotateWebhookRequest.newBuilder().setAgent("hooked").setWebhook("w" + i).build());
      secretOf(rotated.getSecret());
      refused(() ->
          server
              .nobody()
              .webhooks()
              .ingest(
                  IngestRequest.newBuilder()
                      .setBody(ByteString.copyFromUtf8("{\"session_id\":\"" + session + "\"}"))
                      .setSignature("sha256=" + "0".repeat(64))
                      .build()));
    }
  }

  /** The part of a token that nobody may read; returns the whole. */
  private String secretOf(String token) {
    canary(token.substring(token.lastIndexOf('_') + 1));
    return token;
  }

  private static String whoAmI(Client client) {
    return client.identity().whoAmI(WhoAmIRequest.getDefaultInstance()).getAccountName();
  }

  private void refused(Executable call) {
    var refusal = assertThrows(StatusRuntimeException.class, call);
    said.add(refusal + " " + StatusProto.fromThrowable(refusal) + " " + refusal.getTrailers());
  }

  /** Every row of every table, also what lies in bytes. */
  private void dump(TestServer server) {
    var database = server.database();
    for (String table :
        database.read("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
      said.add(table);
      database
          .read("SELECT t::text FROM \"" + table + "\" t")
          .forEach(row -> {
            said.add(row);
            Pattern.compile("\\\\x([0-9a-f]{8,})")
                .matcher(row)
                .results()
                .forEach(hex ->
                    said.add(
                        new String(
                            HexFormat.of().parseHex(hex.group(1)), StandardCharsets.ISO_8859_1)));
          });
    }
  }

  private void processes() {
    ProcessHandle.allProcesses()
        .map(process ->
            process.info().commandLine().orElse("")
                + String.join(" ", process.info().arguments().orElse(new String[0])))
        .forEach(said::add);
  }

  /** What the server logs, at the finest level that an operator can set. */
  private static final class Log extends AppenderBase<ILoggingEvent> {
    private final Queue<String> said;
    private final Logger root;
    private final Logger ours;

    private Log(Queue<String> said) {
      this.said = said;
      var context = (LoggerContext) LoggerFactory.getILoggerFactory();
      root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      ours = context.getLogger("io.clawlive");
    }

    static Log begin(Queue<String> said) {
      var log = new Log(said);
      log.ours.setLevel(Level.TRACE);
      log.setContext(log.root.getLoggerContext());
      log.start();
      log.root.addAppender(log);
      return log;
    }

    void end() {
      root.detachAppender(this);
      ours.setLevel(Level.INFO);
    }

    @Override
    protected void append(ILoggingEvent event) {
      said.add(event.getLoggerName() + " " + event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        said.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
  }
}
