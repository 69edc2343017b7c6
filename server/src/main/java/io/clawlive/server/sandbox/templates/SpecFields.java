package io.clawlive.server.sandbox.templates;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Duration;
import io.clawlive.sandbox.v1.SandboxNetwork;
import io.clawlive.sandbox.v1.SandboxPrivileges;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxVolume;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Fills a spec from the fields of a template. */
final class SpecFields {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,7})(s|m|h|d)");
  private static final Pattern VOLUME =
      Pattern.compile("(?<name>[^:/]+):(?<path>/[^:]*)(?<mode>:ro)?");

  private final Fields fields;
  private final SandboxSpec.Builder spec;
  private final Map<String, Node> places;
  private final List<ScalarNode> texts;

  SpecFields(
      Fields fields, SandboxSpec.Builder spec, Map<String, Node> places, List<ScalarNode> texts) {
    this.fields = fields;
    this.spec = spec;
    this.places = places;
    this.texts = texts;
  }

  /** Whether there is such a field; then it is read. */
  boolean read(String name, Node value) {
    switch (name) {
      case "image" -> spec.setImage(text(value, name));
      case "command" -> spec.clearCommand().addAllCommand(texts(value, name));
      case "stop_hook" -> spec.clearStopHook().addAllStopHook(texts(value, name));
      case "working_directory" -> spec.setWorkingDirectory(text(value, name));
      case "memory_mb" -> fields.whole(value, name).ifPresent(spec::setMemoryMb);
      case "cpu_cores", "cpus" -> fields.number(value, name).ifPresent(spec::setCpus);
      case "pids" -> fields.whole(value, name).ifPresent(spec::setPids);
      case "tmp_mb" -> fields.whole(value, name).ifPresent(spec::setTmpMb);
      case "port" -> fields.whole(value, name).ifPresent(spec::setPort);
      case "uid" -> fields.whole(value, name).ifPresent(spec::setUid);
      case "lease" -> span(value, name, spec::setLease);
      case "stop_grace" -> span(value, name, spec::setStopGrace);
      case "network" -> network(value);
      case "volumes" -> {
        spec.clearVolumes();
        fields.items(value, name).forEach(this::volume);
      }
      case "privileges" -> privileges(value);
      default -> {
        return false;
      }
    }
    places.put(name.equals("cpu_cores") ? "cpus" : name, value);
    return true;
  }

  private String text(Node value, String name) {
    if (value instanceof ScalarNode scalar) {
      texts.add(scalar);
    }
    return fields.text(value, name);
  }

  private List<String> texts(Node value, String name) {
    return fields.items(value, name).stream().map(item -> text(item, name)).toList();
  }

  private void span(Node value, String name, Consumer<Duration> set) {
    Matcher span = SPAN.matcher(fields.text(value, name));
    if (!span.matches()) {
      fields.wrong(value, name + ": expected a time such as 30s, 10m, 24h or 7d");
      return;
    }
    long seconds =
        Long.parseLong(span.group(1))
            * switch (span.group(2)) {
              case "s" -> 1;
              case "m" -> 60;
              case "h" -> 3_600;
              default -> 86_400;
            };
    set.accept(Duration.newBuilder().setSeconds(seconds).build());
  }

  private void network(Node value) {
    switch (fields.text(value, "network")) {
      case "none" -> spec.setNetwork(SandboxNetwork.SANDBOX_NETWORK_NONE);
      case "internal" -> spec.setNetwork(SandboxNetwork.SANDBOX_NETWORK_INTERNAL);
      case "open" -> spec.setNetwork(SandboxNetwork.SANDBOX_NETWORK_OPEN);
      default -> fields.wrong(value, "network: expected none, internal or open");
    }
  }

  /** NAME:PATH or NAME:PATH:ro, or an object. */
  private void volume(Node item) {
    SandboxVolume.Builder volume = SandboxVolume.newBuilder();
    if (item instanceof ScalarNode) {
      Matcher parts = VOLUME.matcher(text(item, "volumes"));
      if (!parts.matches()) {
        fields.wrong(item, "volumes: expected NAME:/PATH or NAME:/PATH:ro");
        return;
      }
      volume
          .setName(parts.group("name"))
          .setPath(parts.group("path"))
          .setReadOnly(parts.group("mode") != null);
    } else {
      fields.members(
          item,
          "volumes",
          (key, value) -> {
            switch (key.getValue()) {
              case "name" -> volume.setName(text(value, "name"));
              case "path" -> volume.setPath(text(value, "path"));
              case "host_path" -> volume.setHostPath(text(value, "host_path"));
              case "read_only" -> volume.setReadOnly(fields.truth(value, "read_only"));
              default -> fields.wrong(key, "there is no field '" + key.getValue() + "' here");
            }
          });
    }
    spec.addVolumes(volume);
  }

  /** As the contract has them: switches and lists of texts. */
  private void privileges(Node value) {
    SandboxPrivileges.Builder privileges = SandboxPrivileges.newBuilder();
    fields.members(
        value,
        "privileges",
        (key, wanted) -> {
          String name = key.getValue();
          FieldDescriptor field = SandboxPrivileges.getDescriptor().findFieldByName(name);
          if (field == null) {
            fields.wrong(key, "there is no field '" + name + "' here");
          } else if (field.isRepeated()) {
            fields.texts(wanted, name).forEach(one -> privileges.addRepeatedField(field, one));
          } else if (field.getJavaType() == JavaType.BOOLEAN) {
            privileges.setField(field, fields.truth(wanted, name));
          }
        });
    spec.setPrivileges(privileges);
  }
}
