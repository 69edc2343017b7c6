package io.clawlive.bench.target;

import java.util.ArrayList;
import java.util.List;

/**
 * How to start the programs under test: the launcher, or what {@code CLAWLIVE_BENCH_SERVER} (in the
 * place of {@code clawlive serve}) and {@code CLAWLIVE_BENCH_CLI} (in the place of {@code
 * clawlive}) say, as system properties or in the environment, split at blanks.
 */
record Commands(List<String> server, List<String> cli) {

  static Commands fromEnvironment() {
    List<String> cli = words("CLAWLIVE_BENCH_CLI", "clawlive");
    List<String> server = words("CLAWLIVE_BENCH_SERVER", "");
    return new Commands(server.isEmpty() ? join(cli, List.of("serve")) : server, cli);
  }

  private static List<String> words(String variable, String otherwise) {
    String value =
        System.getProperty(variable, System.getenv().getOrDefault(variable, otherwise)).strip();
    return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
  }

  static List<String> join(List<String> first, List<String> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
