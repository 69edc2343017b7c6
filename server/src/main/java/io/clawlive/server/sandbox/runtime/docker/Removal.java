package io.clawlive.server.sandbox.runtime.docker;

import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal.Kind;
import java.util.List;

/** Removes what a sandbox consists of, the container first. Nothing there is no error. */
final class Removal {
  private Removal() {}

  static void everything(Engine engine, Names names) {
    container(engine, names.helper());
    container(engine, names.container());
    String label = Names.SANDBOX + "=" + names.sandbox();
    engine
        .call(client -> client.listNetworksCmd().withFilter("label", List.of(label)).exec())
        .forEach(network ->
            quietly(() -> engine.call(client -> client.removeNetworkCmd(network.getId()).exec())));
    engine
        .call(client -> client.listVolumesCmd().withFilter("label", List.of(label)).exec())
        .getVolumes()
        .forEach(volume ->
            quietly(() -> engine.call(client -> client.removeVolumeCmd(volume.getName()).exec())));
    HostRules.forget(names.bridge());
  }

  static void container(Engine engine, String name) {
    quietly(() ->
        engine.call(client ->
            client.removeContainerCmd(name).withForce(true).withRemoveVolumes(true).exec()));
  }

  private static void quietly(Runnable remove) {
    try {
      remove.run();
    } catch (RuntimeRefusal e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
  }
}
