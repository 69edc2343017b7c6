package io.clawlive.server.sandbox.runtime.docker;

import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Which folders of images are empty and belong to a user. A fresh volume takes its owner from such
 * a folder by itself. Asked once an image, by its id, because it costs a container.
 */
final class ImageFolders {
  private static final int MOST = 1_000;
  private static final int USUAL_MODE = 0755;

  private final Engine engine;
  private final Map<Folder, Boolean> known = new ConcurrentHashMap<>();

  private record Folder(String image, String path, int uid) {}

  ImageFolders(Engine engine) {
    this.engine = engine;
  }

  /** Whether a volume that stands there for the first time is the user's, and empty. */
  boolean areOwned(String image, List<String> paths, int uid, Names names) {
    String id = "" + engine.call(client -> client.inspectImageCmd(image).exec()).getId();
    if (known.size() > MOST) {
      known.clear();
    }
    for (String path : paths) {
      Folder folder = new Folder(id, path, uid);
      Boolean owned = known.get(folder);
      if (owned == null) {
        owned = look(folder, names);
        known.put(folder, owned);
      }
      if (!owned) {
        return false;
      }
    }
    return true;
  }

  private boolean look(Folder folder, Names names) {
    String name = names.helper();
    Removal.container(engine, name);
    engine.call(client ->
        client
            .createContainerCmd(folder.image())
            .withName(name)
            .withLabels(names.helperLabels())
            .withCmd("true")
            .exec());
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            engine.<InputStream>stream(
                client -> client.copyArchiveFromContainerCmd(name, folder.path() + "/.").exec()))) {
      TarArchiveEntry first = tar.getNextEntry();
      return first != null
          && first.isDirectory()
          && first.getLongUserId() == folder.uid()
          && first.getLongGroupId() == folder.uid()
          && (first.getMode() & 07777) == USUAL_MODE
          && tar.getNextEntry() == null;
    } catch (IOException | RuntimeRefusal e) {
      // It is not there, or no folder; then nobody owns it.
      return false;
    } finally {
      Removal.container(engine, name);
    }
  }
}
