package io.clawlive.server.sandbox.templates;

import io.clawlive.sandbox.v1.SandboxSpec;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with {@code {{name}}}, and the places of a spec where they may stand. */
final class Variables {
  private static final Pattern TOKEN = Pattern.compile("\\{\\{\\s*([^{}]{0,64}?)\\s*}}");

  private Variables() {}

  /** The names in a text. */
  static Set<String> in(String text) {
    Set<String> names = new TreeSet<>();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      names.add(token.group(1));
    }
    return names;
  }

  /** The text with values; what is put in is not looked at again. */
  static String fill(String text, UnaryOperator<String> value) {
    return TOKEN
        .matcher(text)
        .replaceAll(token -> Matcher.quoteReplacement(value.apply(token.group(1))));
  }

  /** The spec with values. */
  static SandboxSpec fill(SandboxSpec spec, UnaryOperator<String> value) {
    UnaryOperator<String> filled = text -> fill(text, value);
    SandboxSpec.Builder full =
        spec.toBuilder()
            .setImage(filled.apply(spec.getImage()))
            .setWorkingDirectory(filled.apply(spec.getWorkingDirectory()))
            .clearCommand()
            .addAllCommand(spec.getCommandList().stream().map(filled).toList())
            .clearStopHook()
            .addAllStopHook(spec.getStopHookList().stream().map(filled).toList());
    spec.getEnvMap().forEach((name, text) -> full.putEnv(name, filled.apply(text)));
    full.getVolumesBuilderList()
        .forEach(volume ->
            volume
                .setName(filled.apply(volume.getName()))
                .setPath(filled.apply(volume.getPath()))
                .setHostPath(filled.apply(volume.getHostPath())));
    return full.build();
  }
}
