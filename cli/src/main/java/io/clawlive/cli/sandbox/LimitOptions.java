package io.clawlive.cli.sandbox;

import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.UpdateSandboxRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much a sandbox may use. */
final class LimitOptions {
  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description = "Memory, swap included, such as 512M or 2G; 16M to 64G.")
  private @Nullable Integer memory;

  @Option(
      names = "--cpus",
      paramLabel = "N",
      converter = Cpus.class,
      description = "Processors, 0.05 to 128.")
  private @Nullable Double cpus;

  @Option(
      names = "--pids",
      paramLabel = "N",
      converter = Pids.class,
      description = "Processes and threads at one time, 8 to 32768.")
  private @Nullable Integer pids;

  boolean isGiven() {
    return memory != null || cpus != null || pids != null;
  }

  void apply(SandboxSpec.Builder spec) {
    if (memory != null) {
      spec.setMemoryMb(memory);
    }
    if (cpus != null) {
      spec.setCpus(cpus);
    }
    if (pids != null) {
      spec.setPids(pids);
    }
  }

  UpdateSandboxRequest changes() {
    UpdateSandboxRequest.Builder changes = UpdateSandboxRequest.newBuilder();
    if (memory != null) {
      changes.setMemoryMb(memory);
    }
    if (cpus != null) {
      changes.setCpus(cpus);
    }
    if (pids != null) {
      changes.setPids(pids);
    }
    return changes.build();
  }

  /** A number of processors. */
  static final class Cpus implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      if (text.matches("[0-9]{1,3}(\\.[0-9]{1,6})?")) {
        double cpus = Double.parseDouble(text);
        if (cpus >= 0.05 && cpus <= 128) {
          return cpus;
        }
      }
      throw new TypeConversionException(
          "'%s' is no number of processors. Expected 0.05 to 128, such as 0.5 or 2."
              .formatted(text));
    }
  }

  /** A number of processes. */
  static final class Pids implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      int pids = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
      if (pids < 8 || pids > 32_768) {
        throw new TypeConversionException(
            "'%s' is no number of processes. Expected 8 to 32768.".formatted(text));
      }
      return pids;
    }
  }
}
