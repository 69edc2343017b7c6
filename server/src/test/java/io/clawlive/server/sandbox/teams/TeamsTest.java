package io.clawlive.server.sandbox.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.ClassifyMessageRequest;
import io.clawlive.sandbox.v1.GetTeamRequest;
import io.clawlive.sandbox.v1.LeftOutAgent;
import io.clawlive.sandbox.v1.ListTeamsRequest;
import io.clawlive.sandbox.v1.ListTeamsResponse;
import io.clawlive.sandbox.v1.ReloadTeamsRequest;
import io.clawlive.sandbox.v1.RouteDecider;
import io.clawlive.sandbox.v1.RouteOutcome;
import io.clawlive.sandbox.v1.SendTeamMessageRequest;
import io.clawlive.sandbox.v1.SendTeamMessageResponse;
import io.clawlive.sandbox.v1.Team;
import io.clawlive.sandbox.v1.TeamFileProblem;
import io.clawlive.sandbox.v1.TeamRoute;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestRoom;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.ActorKind;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Teams are read from files, and a message reaches the agent that it fits. */
final class TeamsTest {
  @TempDir static Path place;

  private static TestServer server;
  private static TeamFiles files;
  private static Client user;
  private static Worker finn;

  @BeforeAll
  static void start() throws IOException {
    Path folder = Files.createDirectory(place.resolve("teams"));
    files = new TeamFiles(folder);
    server = TestServer.start("clawlive.teams.folder=" + folder, MovableClock.PROPERTY);
    user = server.person("teamster").client();
    finn = server.worker("finn");
    var unused = server.worker("pax");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void emptyFolder() {
    files.clear();
    later();
  }

  @Test
  void aTeamIsWhatItsFileSays() {
    files.finance("keyword");
    later();
    Team team = list().getTeams(0);
    assertEquals("finance", team.getTeamId());
    assertEquals("Finance AI Team", team.getName());
    assertEquals(
        List.of(
            "receipts finn TEAM_AGENT_STATE_PRESENT",
            "payables pax TEAM_AGENT_STATE_PRESENT",
            "ghost nobody-here TEAM_AGENT_STATE_UNKNOWN",
            "tax  TEAM_AGENT_STATE_UNKNOWN"),
        team.getAgentsList().stream()
            .map(a -> a.getKey() + " " + a.getAgent() + " " + a.getState())
            .toList());
    assertEquals(List.of("receipt", "expense", "bought"), team.getAgents(0).getKeywordsList());
    assertEquals(team, user.teams().getTeam(get("finance")).getTeam());
    Refused.with(
        ErrorReason.ERROR_REASON_TEAM_NOT_FOUND, () -> user.teams().getTeam(get("finanse")));
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> user.teams().getTeam(get("../x")));
  }

  @Test
  void keywordsAreCountedAsTheDocumentCountsThem() {
    files.finance("keyword");
    later();
    TeamRoute route = classify("the receipt of an expense");
    assertEquals(RouteDecider.ROUTE_DECIDER_KEYWORDS, route.getDecidedBy());
    assertEquals(RouteOutcome.ROUTE_OUTCOME_ROUTED, route.getOutcome());
    assertEquals("finn", route.getAgent());
    assertEquals(0.7, route.getConfidence(), 1e-9, "mean of 7/10 and 7/10");
    assertEquals(List.of("receipt", "expense"), route.getCandidates(0).getMatchedList());
    TeamRoute unsure = classify("we BOUGHT it");
    assertEquals(RouteOutcome.ROUTE_OUTCOME_ASK, unsure.getOutcome());
    assertEquals(0.6, unsure.getConfidence(), 1e-9);
    assertEquals("", unsure.getKey());
    assertEquals(RouteOutcome.ROUTE_OUTCOME_UNKNOWN, classify("good morning").getOutcome());
  }

  @Test
  void anAgentThatIsNotThereIsLeftOutAndSaidSo() {
    for (String mode : List.of("keyword", "hybrid")) {
      files.finance(mode);
      later();
      for (String message : List.of("our taxes", "the haunted ledger")) {
        TeamRoute route = classify(message);
        assertEquals(RouteOutcome.ROUTE_OUTCOME_UNKNOWN, route.getOutcome(), message);
        assertEquals(
            List.of("ghost", "tax"),
            route.getLeftOutList().stream().map(LeftOutAgent::getKey).toList());
        assertTrue(route.getLeftOut(0).getReason().contains("registered"), route::toString);
        assertTrue(route.getLeftOut(1).getReason().contains("no agent"), route::toString);
      }
      assertEquals("pax", classify("invoices from suppliers, an invoice").getAgent());
    }
    assertEquals(
        RouteOutcome.ROUTE_OUTCOME_ASK,
        classify("is there an invoice for our taxes").getOutcome(),
        "what speaks for somebody who is not there still speaks against the others");
  }

  @Test
  void aBadFileIsNamedByLineAndTheOthersAndItsLastGoodVersionStay() {
    files.finance("keyword");
    files.write("other", "[team]\nname = \"Other\"\n[agents]\none = { agent = \"finn\" }\n");
    later();
    assertEquals(2, list().getTeamsCount());
    files.write("finance", "[team]\nname = \"Finance\"\n[router]\nmode = \"guess\"\n[agents]\n");
    later();
    ListTeamsResponse after = list();
    assertEquals("Finance AI Team", after.getTeams(0).getName(), "the last good one");
    assertEquals(2, after.getTeamsCount());
    TeamFileProblem problem = after.getTeams(0).getProblems(0);
    assertEquals("finance.toml", problem.getFile());
    assertEquals(4, problem.getLine());
    assertTrue(problem.getMessage().contains("'guess'"), problem::toString);
    assertTrue(problem.getError());
    files.write("finance", "[team]\nname = \"Finance\n");
    later();
    assertEquals(2, list().getTeams(0).getProblems(0).getLine(), "no TOML on line 2");
    files.finance("hybrid");
    later();
    assertFalse(list().getTeams(0).getProblemsList().stream().anyMatch(p -> p.getError()));
  }

  @Test
  void everyRuleOfAFileIsSaidWithItsLine() {
    assertProblem(
        3, "no text", "[team]\nname = \"T\"\nroom = 5\n[agents]\na = { agent = \"finn\" }");
    assertProblem(
        2,
        "no id of a room",
        "[team]\nroom = \"lobby\"\nname = \"T\"\n[agents]\na = { agent = \"x1\" }");
    assertProblem(0, "no name", "[agents]\na = { agent = \"finn\" }\n");
    assertProblem(0, "no agents", "[team]\nname = \"T\"\n");
    assertProblem(4, "handle", "[team]\nname = \"T\"\n[agents]\na = \"finn\"\n");
    assertProblem(4, "no handle", "[team]\nname = \"T\"\n[agents]\na = { agent = \"No One\" }\n");
    assertProblem(4, "no key", "[team]\nname = \"T\"\n[agents]\n\"a b\" = { agent = \"finn\" }\n");
    String agents = "[team]\nname = \"T\"\n[agents]\na = { agent = \"finn\" }\n[routing.a]\n";
    assertProblem(6, "no list", agents + "keywords = \"bill\"\n");
    assertProblem(7, "A keyword is", agents + "keywords = [\"bill\",\n 5]\n");
    assertProblem(6, "A keyword is", agents + "keywords = [\" \"]\n");
    assertProblem(6, "A keyword is", agents + "keywords = [\"" + "x".repeat(101) + "\"]\n");
    assertProblem(6, "201 keywords", agents + "keywords = [" + "\"k\",".repeat(201) + "]\n");
    String many =
        IntStream.range(0, 51)
            .mapToObj(i -> "a" + i + " = { agent = \"finn\" }\n")
            .collect(Collectors.joining());
    assertProblem(3, "51 agents", "[team]\nname = \"T\"\n[agents]\n" + many);
    files.clear();
    files.write("team", agents + "keywrods = [\"bill\"]\n");
    later();
    assertEquals(1, list().getTeamsCount(), "a slip is told and the rest is a team");
    assertTrue(list().getProblems(0).getMessage().contains("'keywrods'"));
  }

  private static void assertProblem(int line, String words, String file) {
    files.clear();
    files.write("team", file);
    later();
    ListTeamsResponse answer = list();
    assertEquals(0, answer.getTeamsCount(), file);
    List<TeamFileProblem> problems = answer.getProblemsList();
    assertTrue(
        problems.stream()
            .anyMatch(p -> p.getLine() == line && p.getError() && p.getMessage().contains(words)),
        problems::toString);
  }

  @Test
  void filesThatAreNoTeamsAreSaidSo() throws IOException {
    files.write("latin.toml", new byte[] {'a', '=', '"', 'b', '"', '\n', '#', (byte) 0xe9, '\n'});
    files.write("huge.toml", ("#" + "x".repeat(256 << 10)).getBytes());
    files.write("not an id.toml", "a = 1".getBytes());
    files.write("notes.txt", "never read".getBytes());
    Path outside = Files.writeString(place.resolve("outside.toml"), "[team]\nname = \"Out\"\n");
    Files.createSymbolicLink(files.folder().resolve("linked.toml"), outside);
    Files.createSymbolicLink(files.folder().resolve("lost.toml"), place.resolve("nowhere"));
    Files.createDirectory(files.folder().resolve("folder.toml"));
    later();
    ListTeamsResponse answer = list();
    assertEquals(0, answer.getTeamsCount());
    assertEquals(
        List.of(
            "not an id.toml 0 The name is no id; expected 1 to 64 of A-Z a-z 0-9 _ - and .toml.",
            "folder.toml 0 This is no file.",
            "huge.toml 0 The file is larger than 262,144 bytes.",
            "latin.toml 2 The file is not UTF-8.",
            "linked.toml 0 This is a link that leads out of the folder.",
            "lost.toml 0 The file cannot be read."),
        answer.getProblemsList().stream()
            .map(p -> p.getFile() + " " + p.getLine() + " " + p.getMessage())
            .toList());
  }

  @Test
  void theFirstHundredTeamsAreRead() {
    for (int i = 0; i < 103; i++) {
      files.write(
          "t%03d".formatted(i), "[team]\nname = \"T\"\n[agents]\na = { agent = \"finn\" }\n");
    }
    later();
    assertEquals(100, list().getTeamsCount());
    TeamFileProblem problem = list().getProblems(0);
    assertEquals("t100.toml", problem.getFile());
    assertTrue(problem.getMessage().contains("103 teams"), problem::toString);
  }

  @Test
  void withoutAFolderThereAreNoTeams() throws IOException {
    Files.delete(files.folder());
    later();
    try {
      assertEquals(ListTeamsResponse.getDefaultInstance(), list());
      Refused.with(ErrorReason.ERROR_REASON_TEAM_NOT_FOUND, () -> classify("the receipt"));
    } finally {
      Files.createDirectory(files.folder());
    }
  }

  @Test
  void aChangeIsNoticedAfterASecondOrByAReload() {
    assertEquals(0, list().getTeamsCount());
    files.finance("keyword");
    assertEquals(0, list().getTeamsCount(), "looked within this second");
    assertEquals(1, server.admin().teams().reloadTeams(reload()).getTeams());
    assertEquals(1, list().getTeamsCount());
    files.clear();
    assertEquals(1, list().getTeamsCount());
    later();
    assertEquals(0, list().getTeamsCount());
    Refused.with(ErrorReason.ERROR_REASON_ADMIN_ONLY, () -> user.teams().reloadTeams(reload()));
    Refused.with(
        ErrorReason.ERROR_REASON_CREDENTIAL_MISSING,
        () -> server.nobody().teams().listTeams(ListTeamsRequest.getDefaultInstance()));
  }

  @Test
  void aMessageHasOneToFourThousandCharacters() {
    files.finance("hybrid");
    later();
    for (String bad : List.of("", "x".repeat(4_001))) {
      Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> classify(bad));
    }
    assertEquals(
        RouteOutcome.ROUTE_OUTCOME_UNKNOWN, classify("\uD83D\uDE00".repeat(4_000)).getOutcome());
    assertEquals(RouteOutcome.ROUTE_OUTCOME_UNKNOWN, classify(" \u0000\n").getOutcome());
  }

  @Test
  void aRoutedMessageIsSaidInTheRoomByTheCaller() {
    TestRoom room = TestRoom.hidden(user);
    room.join(finn.client(), room.link(1).getSecret());
    files.finance("hybrid", room.id());
    later();
    SendTeamMessageResponse sent = send(user, say("here is the receipt").setRequestId("once"));
    assertTrue(sent.getDelivered(), sent::toString);
    assertEquals(room.id(), sent.getRoomId());
    var said =
        user.everything(room.id()).stream()
            .filter(event -> event.getSequence() == sent.getSequence())
            .findFirst()
            .orElseThrow();
    assertEquals("@finn here is the receipt", said.getChat().getMessage());
    assertEquals(ActorKind.ACTOR_KIND_ACCOUNT, said.getActor().getKind());
    assertEquals(finn.agentId(), said.getChat().getMentions(0).getId());
    assertEquals(
        sent.getSequence(),
        send(user, say("here is the receipt").setRequestId("once")).getSequence(),
        "the same call again is the same message");
    SendTeamMessageResponse tooLong = send(user, say("receipt " + "x".repeat(3_990)));
    assertFalse(tooLong.getDelivered());
    assertTrue(tooLong.getReason().contains("4,000"), tooLong::toString);

    Client stranger = server.person("stranger").client();
    SendTeamMessageResponse refused = send(stranger, say("here is the receipt"));
    assertFalse(refused.getDelivered());
    assertEquals(ErrorReason.ERROR_REASON_ROOM_NOT_FOUND, refused.getRefusal());
    assertEquals("finn", refused.getRoute().getAgent(), "where it would have gone");
  }

  @Test
  void anUnsureMessageIsAskedBackAndNothingIsSent() {
    TestRoom room = TestRoom.open(user);
    files.finance("hybrid", room.id());
    later();
    long before = user.everything(room.id()).size();
    SendTeamMessageResponse asked = send(user, say("an invoice and a receipt"));
    assertFalse(asked.getDelivered());
    assertEquals(RouteOutcome.ROUTE_OUTCOME_ASK, asked.getRoute().getOutcome());
    assertEquals("Who is this for: receipts, payables?", asked.getReason());
    assertEquals("This fits no agent of the team.", send(user, say("good morning")).getReason());
    assertEquals(before, user.everything(room.id()).size());
    SendTeamMessageResponse chosen = send(user, say("an invoice and a receipt").setKey("payables"));
    assertTrue(chosen.getDelivered(), chosen::toString);
    assertEquals(RouteDecider.ROUTE_DECIDER_SENDER, chosen.getRoute().getDecidedBy());
    assertEquals(before + 1, user.everything(room.id()).size());
    for (String key : List.of("ghost", "tax", "nobody")) {
      Refused.with(
          ErrorReason.ERROR_REASON_TEAM_AGENT_NOT_FOUND,
          () -> send(user, say("receipt").setKey(key)));
    }
  }

  @Test
  void aTeamWithoutARoomAnswersWithTheRouteAlone() {
    files.finance("hybrid");
    later();
    SendTeamMessageResponse answer = send(user, say("the receipt"));
    assertFalse(answer.getDelivered());
    assertEquals("finn", answer.getRoute().getAgent());
    assertEquals("The team's file names no room for 'receipts'.", answer.getReason());
    files.finance("hybrid", UUID.randomUUID().toString());
    later();
    assertEquals(
        ErrorReason.ERROR_REASON_ROOM_NOT_FOUND, send(user, say("the receipt")).getRefusal());
  }

  @Test
  void theDocumentsPathsAnswerTheSame() throws Exception {
    TestRoom room = TestRoom.open(finn.client());
    files.finance("hybrid", room.id());
    later();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String list = http(http, 200, "GET", "/api/teams", "");
      assertTrue(list.contains("\"Finance AI Team\""), list);
      String team = http(http, 200, "GET", "/api/teams/finance", "");
      assertTrue(team.contains("\"payables\""), team);
      String said = "{\"message\": \"two invoices came\"}";
      String route = http(http, 200, "POST", "/api/teams/finance/classify", said);
      assertTrue(route.contains("\"pax\""), route);
      String sent = http(http, 200, "POST", "/api/teams/finance/chat", said);
      assertTrue(sent.contains("\"delivered\":true"), sent);
      String gone = http(http, 404, "GET", "/api/teams/finanse", "");
      assertTrue(gone.contains("TEAM_NOT_FOUND"), gone);
      String refused = http(http, 403, "POST", "/api/teams:reload", "{}");
      assertTrue(refused.contains("ADMIN_ONLY"), refused);
    }
  }

  private static String http(HttpClient http, int status, String verb, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.web().resolve(path))
                .header("authorization", "Bearer " + finn.key())
                .header("content-type", "application/json")
                .method(verb, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(status, answer.statusCode(), answer.body());
    return answer.body().replace("\": ", "\":");
  }

  private static void later() {
    server.bean(MovableClock.class).advance(Duration.ofSeconds(2));
  }

  private static ListTeamsResponse list() {
    return user.teams().listTeams(ListTeamsRequest.getDefaultInstance());
  }

  private static GetTeamRequest get(String id) {
    return GetTeamRequest.newBuilder().setTeamId(id).build();
  }

  private static ReloadTeamsRequest reload() {
    return ReloadTeamsRequest.getDefaultInstance();
  }

  private static TeamRoute classify(String message) {
    return user.teams()
        .classifyMessage(
            ClassifyMessageRequest.newBuilder().setTeamId("finance").setMessage(message).build())
        .getRoute();
  }

  private static SendTeamMessageRequest.Builder say(String message) {
    return SendTeamMessageRequest.newBuilder().setTeamId("finance").setMessage(message);
  }

  private static SendTeamMessageResponse send(Client who, SendTeamMessageRequest.Builder request) {
    return who.teams().sendTeamMessage(request.build());
  }
}
