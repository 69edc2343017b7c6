package io.clawlive.cli.templates;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.view.Fields;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.Template;
import java.util.Map;
import java.util.TreeMap;

/** Templates under the field names of the contract; numbers that are 0 mean the default. */
final class TemplateFields {
  private TemplateFields() {}

  static Map<String, Object> of(Template template) {
    SandboxSpec spec = template.getSpec();
    return Json.object(
        "template", template.getTemplate(),
        "name", template.getName(),
        "description", Fields.text(template.getDescription()),
        "extends", Fields.text(template.getExtends()),
        "source", template.getSource(),
        "llm_provider", Fields.text(template.getLlmProvider()),
        "llm_model", Fields.text(template.getLlmModel()),
        "image", Fields.text(spec.getImage()),
        "memory_mb", spec.getMemoryMb(),
        "cpus", spec.getCpus(),
        "pids", spec.getPids(),
        "network", Fields.word(spec.getNetwork(), "SANDBOX_NETWORK_"),
        "command", spec.getCommandList(),
        "volumes",
            spec.getVolumesList().stream()
                .map(volume ->
                    Json.object(
                        "name", Fields.text(volume.getName()),
                        "path", volume.getPath(),
                        "host_path", Fields.text(volume.getHostPath()),
                        "read_only", volume.getReadOnly()))
                .toList(),
        "env", new TreeMap<>(spec.getEnvMap()),
        "references",
            template.getReferencesList().stream()
                .map(from ->
                    Json.object(
                        "name", from.getName(), "from", from.getFromList(), "set", from.getSet()))
                .toList(),
        "variables",
            template.getVariablesList().stream()
                .map(variable ->
                    Json.object(
                        "name", variable.getName(),
                        "description", Fields.text(variable.getDescription()),
                        "default_value", Fields.text(variable.getDefaultValue()),
                        "required", variable.getRequired()))
                .toList());
  }
}
