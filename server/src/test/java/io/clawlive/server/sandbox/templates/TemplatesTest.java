package io.clawlive.server.sandbox.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.GetTemplateRequest;
import io.clawlive.sandbox.v1.ListTemplatesRequest;
import io.clawlive.sandbox.v1.ReloadTemplatesRequest;
import io.clawlive.sandbox.v1.SandboxNetwork;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.Template;
import io.clawlive.sandbox.v1.TemplateProblem;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files become templates, and templates what sandboxes are made of. */
final class TemplatesTest {
  private static final Naming NAMING = new Naming("box-1", "coder", "ann");

  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void serve() {
    // Two names that the environment of every process has, and one that it has not.
    server =
        TestServer.start(
            "clawlive.templates.folder=" + folder,
            "clawlive.templates.environment=HOME,PATH,CLAWLIVE_TEST_NEVER_SET");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void emptyFolder() throws IOException {
    Files.deleteIfExists(folder.resolve(CatalogLoader.TEMPLATES));
    Files.deleteIfExists(folder.resolve(CatalogLoader.PROVIDERS));
    assertEquals(List.of(), reload());
  }

  @Test
  void presetsAreThereWithoutAnyFile() {
    assertEquals(List.of("coding-assistant", "python", "shell"), keys());
    Template python = get("python");
    assertEquals("built-in", python.getSource());
    assertEquals("shell", python.getExtends());
    assertEquals(1024, python.getSpec().getMemoryMb());
    assertEquals(SandboxNetwork.SANDBOX_NETWORK_NONE, python.getSpec().getNetwork());
    assertEquals("1", python.getSpec().getEnvOrThrow("PYTHONUNBUFFERED"));
    Refused.with(ErrorReason.ERROR_REASON_TEMPLATE_NOT_FOUND, () -> get("nothing"));
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> get("../etc"));
  }

  @Test
  void aFileOfTheDocumentsShapeIsRead() throws IOException {
    write(
        CatalogLoader.PROVIDERS,
        """
        providers:
          openai:
            tier: recommended
            name: "OpenAI"
            env_key: "OPENAI_API_KEY"
            models:
              - id: "gpt-4o"
                name: "GPT-4o"
                context: 128000
            default_model: "gpt-4o"
        """);
    write(
        CatalogLoader.TEMPLATES,
        """
        # Ours.
        templates:
          helper:
            name: "Helper"
            description: Helps {{agent}}.
            image: debian:bookworm-slim
            config:
              llm_provider: openai
              memory_mb: 1024
              cpu_cores: 1.5
              lease: 2h
            env:
              HOMES: "at ${HOME}"
              MISSING: ${CLAWLIVE_TEST_NEVER_SET}
              WHO: "{{ owner }}/{{sandbox}}"
              PRICE: $$5
              PORT: 8080
            volumes:
              - data:/data
              - {name: books, path: /books, read_only: true}
            network: internal
            command: [/bin/sh, -c, "echo {{greeting}} {{ topic }}"]
            variables:
              greeting: hello
              topic: {description: What it is about, required: true}
        """);
    assertEquals(List.of(), reload());
    Template helper = get("helper");
    assertEquals("templates.yaml:3", helper.getSource());
    assertEquals("gpt-4o", helper.getLlmModel());
    SandboxSpec spec = helper.getSpec();
    assertEquals(1.5, spec.getCpus());
    assertEquals(7200, spec.getLease().getSeconds());
    assertEquals("$5", spec.getEnvOrThrow("PRICE"));
    assertEquals("8080", spec.getEnvOrThrow("PORT"));
    assertEquals(2, spec.getVolumesCount());
    assertTrue(spec.getVolumes(1).getReadOnly());
    assertEquals(
        List.of("HOMES true", "MISSING false"),
        helper.getReferencesList().stream().map(r -> r.getName() + " " + r.getSet()).toList());
    assertFalse(helper.toString().contains(System.getenv("HOME")), "a value is in no answer");

    Templates templates = server.bean(Templates.class);
    var unset =
        assertThrows(
            Refusal.class,
            () -> templates.render("helper", Map.of("topic", "x"), NAMING, over("")));
    assertEquals(ErrorReason.ERROR_REASON_TEMPLATE_VALUE_MISSING, unset.reason());
    assertEquals("CLAWLIVE_TEST_NEVER_SET", unset.metadata().get("name"));
    Rendered rendered =
        templates.render("helper", Map.of("topic", "${PATH} {{owner}}"), NAMING, over("MISSING"));
    assertEquals(
        List.of("/bin/sh", "-c", "echo hello ${PATH} {{owner}}"),
        rendered.spec().getCommandList(),
        "a value is no text of a template");
    assertEquals("ann/box-1", rendered.spec().getEnvOrThrow("WHO"));
    assertEquals("given", rendered.spec().getEnvOrThrow("MISSING"));
    assertEquals("openai", rendered.spec().getEnvOrThrow("LLM_PROVIDER"));
    assertEquals("gpt-4o", rendered.spec().getEnvOrThrow("LLM_MODEL"));
    assertEquals(Map.of("HOMES", "at ${HOME}"), rendered.references());
    assertEquals(
        Map.of("HOMES", "at " + System.getenv("HOME")), templates.resolve(rendered.references()));
  }

  @Test
  void whoeverMakesASandboxReachesNoOtherValueOfTheServers() throws IOException {
    write(
        CatalogLoader.TEMPLATES,
        """
        templates:
          t:
            env: {A: "${HOME} {{v}}"}
            variables: {v: ""}
        """);
    assertEquals(List.of(), reload());
    Templates templates = server.bean(Templates.class);
    Rendered rendered = templates.render("t", Map.of("v", "${PATH}$$"), NAMING, over(""));
    assertEquals(
        Map.of("A", System.getenv("HOME") + " ${PATH}$$"),
        templates.resolve(rendered.references()));
    var notOnTheList =
        assertThrows(Refusal.class, () -> templates.resolve(Map.of("A", "${USER_SECRET}")));
    assertEquals(ErrorReason.ERROR_REASON_TEMPLATE_VALUE_MISSING, notOnTheList.reason());
  }

  @Test
  void variablesAreItsOwnAndRequiredOnesAreGiven() throws IOException {
    write(
        CatalogLoader.TEMPLATES,
        """
        templates:
          t:
            env: {A: "{{v}}"}
            variables: {v: {required: true}}
        """);
    assertEquals(List.of(), reload());
    Templates templates = server.bean(Templates.class);
    for (Map<String, String> given :
        List.of(
            Map.<String, String>of(),
            Map.of("v", "x", "other", "x"),
            Map.of("v", "x", "agent", "somebody-else"),
            Map.of("v", "x".repeat(1_001)),
            Map.of("v", "\0"))) {
      assertEquals(
          ErrorReason.ERROR_REASON_TEMPLATE_VARIABLE_WRONG,
          assertThrows(Refusal.class, () -> templates.render("t", given, NAMING, over("")))
              .reason());
    }
  }

  @Test
  void everyMistakeIsNamedByItsPlaceAndTheOthersLoad() throws IOException {
    write(
        CatalogLoader.TEMPLATES,
        """
        templates:
          fine: {memory_mb: 64}
          colour:
            memroy_mb: 64
          big:
            memory_mb: 99999999
          negative: {pids: -1}
          Upper: {}
          listed: {command: echo}
          net: {network: everywhere}
          ports: {volumes: ["/etc"]}
          secret:
            env: {A: "${USER_SECRET}"}
          unknown:
            env:
              A: "{{nobody}}"
          bad-env: {env: {1A: x}}
          child: {extends: colour}
          orphan: {extends: nothing}
          a: {extends: b}
          b: {extends: a}
          l1: {extends: fine}
          l2: {extends: l1}
          l3: {extends: l2}
          l4: {extends: l3}
          l5: {extends: l4}
          l6: {extends: l5}
          fine: {}
        extra: 1
        """);
    List<String> problems = reload();
    for (String expected :
        List.of(
            "templates.yaml:4:5 there is no field 'memroy_mb' here",
            "templates.yaml:6:16 big: memory_mb: must be 16 to 65,536",
            "templates.yaml:7:20 pids: expected a whole number",
            "templates.yaml:8:3 'Upper': expected",
            "templates.yaml:9:21 command: expected a list",
            "templates.yaml:10:18 network: expected none, internal or open",
            "templates.yaml:11:21 volumes: expected NAME:/PATH",
            "templates.yaml:13:14 env.A: ${USER_SECRET} is not on the list",
            "templates.yaml:16:10 there is no variable 'nobody'",
            "templates.yaml:17:23 bad-env: env",
            "templates.yaml:18:3 child extends 'colour', which is wrong itself",
            "templates.yaml:19:3 orphan extends 'nothing', which is not there",
            "templates.yaml:20:3 a extends itself: a -> b -> a",
            "templates.yaml:21:3 b extends",
            "templates.yaml:27:3 l6 extends more than 5",
            "templates.yaml:28:3 templates: 'fine' is there twice",
            "templates.yaml:29:1 there is no field 'extra' here")) {
      assertTrue(
          problems.stream().anyMatch(problem -> problem.startsWith(expected)),
          () -> expected + " is none of\n" + String.join("\n", problems));
    }
    assertEquals(
        List.of("coding-assistant", "fine", "l1", "l2", "l3", "l4", "l5", "python", "shell"),
        keys());
  }

  @Test
  void theLastGoodVersionStaysUntilTheFileIsRightAgain() throws IOException {
    write(CatalogLoader.TEMPLATES, "templates:\n  t: {memory_mb: 64}\n  u: {memory_mb: 64}\n");
    assertEquals(List.of(), reload());
    write(CatalogLoader.TEMPLATES, "templates:\n  t: {memory: 65}\n  u: {memory_mb: 65}\n");
    assertEquals(1, reload().size());
    assertEquals(64, get("t").getSpec().getMemoryMb());
    assertEquals(65, get("u").getSpec().getMemoryMb());
    write(CatalogLoader.TEMPLATES, "templates:\n  t: {memory_mb: 66\n  u: [");
    List<String> broken = reload();
    assertEquals(1, broken.size());
    assertTrue(broken.getFirst().matches("templates.yaml:[34]:\\d+ .*"), broken::toString);
    assertEquals(64, get("t").getSpec().getMemoryMb());
    write(CatalogLoader.TEMPLATES, "templates:\n  t: {memory_mb: 67}\n");
    Together.soon(
        "a changed file is seen without being told",
        Duration.ofSeconds(10),
        () -> get("t").getSpec().getMemoryMb() == 67);
    assertEquals(List.of("coding-assistant", "python", "shell", "t"), keys());
  }

  @Test
  void anEntryTakesThePlaceOfAPresetOrBuildsOnIt() throws IOException {
    write(
        CatalogLoader.TEMPLATES,
        """
        templates:
          shell: {memory_mb: 100}
          coding-assistant: {extends: coding-assistant, env: {EXTRA: x, GIT_TERMINAL_PROMPT: 1}}
        """);
    assertEquals(List.of(), reload());
    assertEquals(0, get("shell").getSpec().getCpus(), "nothing is left of the preset");
    assertEquals(1, get("python").getSpec().getCpus(), "a preset extends presets");
    SandboxSpec coding = get("coding-assistant").getSpec();
    assertEquals("1", coding.getEnvOrThrow("GIT_TERMINAL_PROMPT"));
    assertEquals("x", coding.getEnvOrThrow("EXTRA"));
    assertEquals(2048, coding.getMemoryMb());
  }

  @Test
  void hostileFilesCostLittleAndAreRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    for (String hostile :
        List.of(
            bomb.toString(),
            "templates: &x {a: *x}\n",
            "templates: " + "[".repeat(5_000),
            "# " + "x".repeat(300_000),
            "templates: !!javax.script.ScriptEngineManager [!!java.net.URL [\"http://x\"]]\n",
            "templates:\n\tx: 1\n",
            "- 1\n",
            "templates: 7\n",
            "\"a\\0b\": 1\n")) {
      write(CatalogLoader.TEMPLATES, hostile);
      long began = System.nanoTime();
      List<String> problems = reload();
      assertFalse(problems.isEmpty(), hostile.substring(0, Math.min(40, hostile.length())));
      assertTrue(System.nanoTime() - began < Duration.ofSeconds(5).toNanos());
      assertTrue(problems.stream().allMatch(problem -> problem.length() < 500), problems::toString);
    }
    Files.write(folder.resolve(CatalogLoader.TEMPLATES), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertFalse(reload().isEmpty());
    assertEquals(List.of("coding-assistant", "python", "shell"), keys());
  }

  @Test
  void aProvidersMistakeIsNamedToo() throws IOException {
    write(
        CatalogLoader.PROVIDERS,
        """
        providers:
          good: {name: Good, models: [{id: m, context: 10}]}
          bad: {models: [{id: m}], default_model: other}
        """);
    write(CatalogLoader.TEMPLATES, "templates:\n  t: {config: {llm_provider: gone}}\n");
    assertEquals(
        List.of(
            "providers.yaml:3:3 bad: default_model 'other' is none of its models",
            "templates.yaml:2:30 llm_provider: there is no provider 'gone' in providers.yaml"),
        reload());
    assertEquals(
        List.of("good"),
        server
            .admin()
            .templates()
            .listTemplates(ListTemplatesRequest.getDefaultInstance())
            .getProvidersList()
            .stream()
            .map(provider -> provider.getProvider())
            .toList());
  }

  private static SandboxSpec over(String name) {
    SandboxSpec.Builder spec = SandboxSpec.newBuilder();
    return name.isEmpty() ? spec.build() : spec.putEnv(name, "given").build();
  }

  private static void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private static List<String> reload() {
    return server
        .admin()
        .templates()
        .reloadTemplates(ReloadTemplatesRequest.getDefaultInstance())
        .getProblemsList()
        .stream()
        .map(TemplatesTest::line)
        .toList();
  }

  private static String line(TemplateProblem problem) {
    return "%s:%d:%d %s"
        .formatted(problem.getFile(), problem.getLine(), problem.getColumn(), problem.getMessage());
  }

  private static List<String> keys() {
    return server
        .admin()
        .templates()
        .listTemplates(ListTemplatesRequest.getDefaultInstance())
        .getTemplatesList()
        .stream()
        .map(Template::getTemplate)
        .toList();
  }

  private static Template get(String key) {
    return server
        .admin()
        .templates()
        .getTemplate(GetTemplateRequest.newBuilder().setTemplate(key).build())
        .getTemplate();
  }
}
