package io.clawlive.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.errors.v1.ErrorReasonProto;
import io.clawlive.errors.v1.ErrorRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of error reasons says what the contract says. */
class ErrorReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "errors.md");

  @Test
  void thePageIsGeneratedFromTheContract() throws IOException {
    String page = page();
    if ("write".equals(System.getProperty("clawlive.docs"))) {
      Files.writeString(PAGE, page);
    }
    assertEquals(page, Files.readString(PAGE), "run this test with -Dclawlive.docs=write");
  }

  private static String page() throws IOException {
    var page = new StringBuilder();
    page.append(
        """
        # Error reasons

        Every refused call carries a gRPC status and a `google.rpc.ErrorInfo` with the domain `clawlive` and one of these reasons. The
        message is one sentence for people; the metadata names the offending and the expected value. Generated from the contract.

        """);
    Map<Integer, String> comments = comments();
    for (ErrorReason reason : ErrorReason.values()) {
      if (reason == ErrorReason.UNRECOGNIZED || reason == ErrorReason.ERROR_REASON_UNSPECIFIED) {
        continue;
      }
      ErrorRule rule = reason.getValueDescriptor().getOptions().getExtension(ErrorReasonProto.rule);
      page.append("## ").append(reason.name().substring("ERROR_REASON_".length())).append("\n\n");
      page.append("Status `").append(rule.getCode()).append('`');
      page.append(rule.getRetryable() ? ", may succeed later.\n\n" : ".\n\n");
      page.append(comments.get(reason.getValueDescriptor().getIndex())).append("\n\n");
      page.append("What to do: ").append(rule.getRemedy()).append("\n\n");
    }
    return page.toString().stripTrailing() + "\n";
  }

  /** The comment above each value, by its index. */
  private static Map<Integer, String> comments() throws IOException {
    try (var in = ErrorReason.class.getResourceAsStream("/clawlive/contract.binpb")) {
      return FileDescriptorSet.parseFrom(in).getFileList().stream()
          .filter(file -> file.getName().endsWith("error_reason.proto"))
          .flatMap(file -> file.getSourceCodeInfo().getLocationList().stream())
          .filter(location -> isValueOfFirstEnum(location.getPathList()))
          .collect(
              Collectors.toMap(location -> location.getPath(3), ErrorReferenceTest::paragraph));
    }
  }

  private static boolean isValueOfFirstEnum(List<Integer> path) {
    return path.size() == 4 && path.get(0) == 5 && path.get(1) == 0 && path.get(2) == 2;
  }

  private static String paragraph(Location location) {
    return location
        .getLeadingComments()
        .lines()
        .map(String::strip)
        .collect(Collectors.joining(" "))
        .strip()
        .replace(" Example:", "\nExample:");
  }
}
