package io.clawlive.server.sandbox.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.Timestamps;
import io.clawlive.sandbox.v1.SandboxStats;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import java.io.IOException;
import java.text.ParseException;

/** What the engine says about how much a container uses. */
final class StatsReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StatsReader() {}

  static SandboxStats read(byte[] answer) {
    try {
      JsonNode stats = JSON.readTree(answer);
      JsonNode memory = stats.path("memory_stats");
      SandboxStats.Builder read =
          SandboxStats.newBuilder()
              .setMeasuredAt(Timestamps.parse(stats.path("read").asText()))
              .setCpuNanos(stats.path("cpu_stats").path("cpu_usage").path("total_usage").asLong())
              .setMemoryBytes(Math.max(0, memory.path("usage").asLong() - cache(memory)))
              .setMemoryLimitBytes(memory.path("limit").asLong())
              .setPids(stats.path("pids_stats").path("current").asInt());
      long received = 0;
      long sent = 0;
      for (JsonNode network : stats.path("networks")) {
        received += network.path("rx_bytes").asLong();
        sent += network.path("tx_bytes").asLong();
      }
      return read.setNetworkReceivedBytes(received).setNetworkSentBytes(sent).build();
    } catch (IOException | ParseException e) {
      throw new RuntimeRefusal(
          RuntimeRefusal.Kind.FAILED, "The engine's numbers cannot be read.", e);
    }
  }

  /** Pages of files that nobody used lately; the two versions of cgroups name them differently. */
  private static long cache(JsonNode memory) {
    JsonNode details = memory.path("stats");
    return details.path("total_inactive_file").asLong(details.path("inactive_file").asLong());
  }
}
