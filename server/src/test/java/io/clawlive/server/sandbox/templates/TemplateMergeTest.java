package io.clawlive.server.sandbox.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.TextFormat;
import io.clawlive.sandbox.v1.SandboxSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How one spec lies over another. */
final class TemplateMergeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      nullValues = "-",
      value = {
        "memory_mb: 1         | ''                    | memory_mb: 1",
        "memory_mb: 1         | memory_mb: 2          | memory_mb: 2",
        "cpus: 1              | memory_mb: 2          | cpus: 1 memory_mb: 2",
        "image: \"a\"         | image: \"b\"          | image: \"b\"",
        "network: SANDBOX_NETWORK_OPEN | network: SANDBOX_NETWORK_NONE |"
            + " network: SANDBOX_NETWORK_NONE",
        "network: SANDBOX_NETWORK_OPEN | ''           | network: SANDBOX_NETWORK_OPEN",
        "lease { seconds: 10 } | lease { nanos: 5 }   | lease { nanos: 5 }",
        "env { key: \"A\" value: \"1\" } | env { key: \"B\" value: \"2\" } |"
            + " env { key: \"A\" value: \"1\" } env { key: \"B\" value: \"2\" }",
        "env { key: \"A\" value: \"1\" } | env { key: \"A\" value: \"2\" } |"
            + " env { key: \"A\" value: \"2\" }",
        "env { key: \"A\" value: \"1\" } | env { key: \"A\" value: \"\" } |"
            + " env { key: \"A\" value: \"\" }",
        "volumes { name: \"a\" path: \"/a\" } | volumes { name: \"b\" path: \"/b\" } |"
            + " volumes { name: \"b\" path: \"/b\" }",
        "volumes { name: \"a\" path: \"/a\" } | memory_mb: 1 |"
            + " volumes { name: \"a\" path: \"/a\" } memory_mb: 1",
        "command: \"a\" command: \"b\" | command: \"c\" | command: \"c\"",
        "stop_hook: \"a\"     | ''                    | stop_hook: \"a\"",
        "privileges { privileged: true devices: \"/dev/a\" } | privileges { devices: \"/dev/b\" } |"
            + " privileges { privileged: true devices: \"/dev/b\" }",
        "''                   | privileges { root_user: true } | privileges { root_user: true }"
      })
  void whatIsSetAboveCounts(String below, String above, String merged) throws Exception {
    assertEquals(spec(merged), TemplateMerge.merge(spec(below), spec(above)));
  }

  private static SandboxSpec spec(String text) throws TextFormat.ParseException {
    return TextFormat.parse(text, SandboxSpec.class);
  }
}
