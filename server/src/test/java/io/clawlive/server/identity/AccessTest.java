package io.clawlive.server.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Contract;
import io.clawlive.server.testing.RawCall;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.StageRuntime;
import io.clawlive.server.testing.TestServer;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who gets through which door: every RPC of the contract and every kind of caller. The answers
 * stand in {@code access-matrix.txt}; run with {@code -Dclawlive.matrix=write} to write down what
 * happens, and then read the difference as a stranger would.
 */
final class AccessTest {
  @TempDir private static Path folder;
  @AutoClose private static TestServer server;
  @AutoClose private static AccessCast cast;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            StageRuntime.PROPERTY,
            "clawlive.sandbox.folder=" + folder,
            "clawlive.sandbox.per-account=1000");
    cast = new AccessCast(server);
  }

  @Test
  void everyRpcLetsInWhomTheMatrixSaysAndNobodyElse() throws IOException {
    String found = "# Public things\n" + table(false) + "\n# Private things\n" + table(true);
    if ("write".equals(System.getProperty("clawlive.matrix"))) {
      Path file = Path.of("src/test/resources/access-matrix.txt");
      Files.writeString(file, legend() + found);
    }
    assertEquals(matrix(), found);
  }

  @Test
  void everyRpcHasItsRowInBothTables() throws IOException {
    List<String> lines = matrix().lines().toList();
    for (var rpc : Contract.rpcs()) {
      String name = name(Contract.path(rpc));
      assertEquals(2, lines.stream().filter(line -> line.startsWith(name + " ")).count(), name);
    }
  }

  @Test
  void aCredentialStandsBehindTheWordBearer() {
    String key = cast.owner().worker("header-bot").key();
    for (String header : List.of("", "Bearer", "Bearer ", "Basic " + key, key, "Bearer x")) {
      Refused.with(
          ErrorReason.ERROR_REASON_CREDENTIAL_INVALID,
          () -> whoAmI(server.nobody().withAuthorization(header)));
    }
    assertEquals(
        Role.ROLE_AGENT,
        whoAmI(server.nobody().withAuthorization("bearer " + key)),
        "the word is compared without case");
  }

  @Test
  void theAnswerDoesNotSayWhatIsWrongWithACredential() {
    String key = cast.owner().worker("secretive-bot").key();
    String wrongSecret = key.substring(0, key.length() - 1) + (key.endsWith("a") ? "b" : "a");
    List<String> answers = new ArrayList<>();
    for (String text : List.of("cl_00000000_" + "0".repeat(32), wrongSecret, "no-key", "a.b.c")) {
      answers.add(
          Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_INVALID, () -> whoAmI(server.as(text)))
              .message());
    }
    assertEquals(1, answers.stream().distinct().count(), answers::toString);
  }

  @Test
  void everyCallerIsWhoTheyAre() {
    assertEquals(Role.ROLE_SPECTATOR, whoAmI(server.nobody()));
    assertEquals(Role.ROLE_AGENT, whoAmI(cast.owner().worker("role-bot").client()));
    assertEquals(Role.ROLE_USER, whoAmI(cast.owner().client()));
    assertEquals(Role.ROLE_ADMIN, whoAmI(server.admin()));
  }

  /** What really happens, written as the file writes it. */
  private static String table(boolean restricted) {
    List<String> callers = AccessCast.CALLERS;
    var lines = new StringBuilder(line("", callers));
    Contract.rpcs().stream()
        .map(Contract::path)
        .sorted()
        .forEach(rpc ->
            lines.append(
                line(
                    name(rpc),
                    callers.stream()
                        .map(caller -> outcome(cast.caller(caller, rpc), rpc, restricted))
                        .toList())));
    return lines.toString();
  }

  private static String name(String rpc) {
    String name = rpc.substring("clawlive.".length()).replace(".v1.", ".");
    return name.substring(name.indexOf('.') + 1);
  }

  private static String line(String name, List<String> cells) {
    return ("%-38s".formatted(name)
                + cells.stream().map("%-11s"::formatted).collect(Collectors.joining(" ")))
            .stripTrailing()
        + "\n";
  }

  private static String matrix() throws IOException {
    String file = file();
    return file.substring(file.indexOf("# Public things"));
  }

  private static String legend() throws IOException {
    String file = file();
    return file.substring(0, file.indexOf("# Public things"));
  }

  private static String file() throws IOException {
    try (var in = AccessTest.class.getResourceAsStream("/access-matrix.txt")) {
      assertNotNull(in);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String outcome(Client caller, String rpc, boolean restricted) {
    try {
      RawCall.send(caller.channel(), rpc, cast.request(rpc, restricted));
      return "yes";
    } catch (StatusRuntimeException e) {
      Refused refused = Refused.of(e);
      return switch (refused.reason()) {
        case ERROR_REASON_CREDENTIAL_MISSING -> "missing";
        case ERROR_REASON_CREDENTIAL_INVALID -> "invalid";
        case ERROR_REASON_CREDENTIAL_EXPIRED -> "expired";
        case ERROR_REASON_CREDENTIAL_REVOKED -> "revoked";
        case ERROR_REASON_NOT_OWNER -> "not owner";
        case ERROR_REASON_NOT_MEMBER, ERROR_REASON_NOT_MEMBER_YET -> "not member";
        case ERROR_REASON_ADMIN_ONLY -> "admins";
        case ERROR_REASON_ACCOUNT_ONLY -> "accounts";
        case ERROR_REASON_AGENT_ONLY -> "agents";
        case ERROR_REASON_SCOPE_INSUFFICIENT -> "scope";
        case ERROR_REASON_PROJECT_NOT_FOUND,
            ERROR_REASON_SESSION_NOT_FOUND,
            ERROR_REASON_STREAM_NOT_FOUND,
            ERROR_REASON_ROOM_NOT_FOUND,
            ERROR_REASON_AGENT_NOT_FOUND,
            ERROR_REASON_SANDBOX_NOT_FOUND,
            ERROR_REASON_SNAPSHOT_NOT_FOUND ->
            "not found";
        // It came through to the noun, which had a reason of its own.
        case ERROR_REASON_SESSION_ENDED,
            ERROR_REASON_STREAM_ENDED,
            ERROR_REASON_LOGIN_FAILED,
            ERROR_REASON_LAST_ADMIN,
            ERROR_REASON_REGISTRATION_CLOSED,
            ERROR_REASON_KEY_NOT_FOUND,
            ERROR_REASON_DEVICE_LOGIN_NOT_FOUND,
            ERROR_REASON_DEVICE_LOGIN_PENDING,
            ERROR_REASON_OAUTH_PROVIDER_UNKNOWN,
            ERROR_REASON_OAUTH_STATE_INVALID,
            ERROR_REASON_MESSAGE_NOT_FOUND,
            ERROR_REASON_WEBHOOK_NOT_FOUND,
            ERROR_REASON_SIGNATURE_INVALID,
            ERROR_REASON_MEMBER_NOT_FOUND,
            ERROR_REASON_INVITATION_INVALID,
            ERROR_REASON_INVITATION_NOT_FOUND,
            ERROR_REASON_LAST_HOST,
            ERROR_REASON_TASK_NOT_FOUND,
            ERROR_REASON_APPROVAL_NOT_FOUND,
            ERROR_REASON_RECORDING_INVALID,
            ERROR_REASON_SANDBOX_STATE_REFUSED,
            ERROR_REASON_PROGRAM_NOT_USABLE,
            ERROR_REASON_PROCESS_NOT_FOUND,
            ERROR_REASON_FILE_NOT_FOUND,
            ERROR_REASON_FILE_REFUSED,
            ERROR_REASON_SNAPSHOT_NOT_READY,
            ERROR_REASON_TEAM_NOT_FOUND ->
            "yes";
        default -> throw new AssertionError(rpc + " answers " + refused.status());
      };
    }
  }

  private static Role whoAmI(Client caller) {
    Role role = caller.identity().whoAmI(WhoAmIRequest.getDefaultInstance()).getRole();
    assertTrue(role != Role.ROLE_UNSPECIFIED);
    return role;
  }
}
