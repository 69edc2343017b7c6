package io.clawlive.server.platform.postgres.embedded;

import com.sun.security.auth.module.UnixSystem;
import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * As whom PostgreSQL's programs run, because they refuse root. An ordinary user runs them directly.
 * Root runs them in a user namespace of their own, where root is nobody and the files still belong
 * to root; where the system forbids that (as containers often do), as the user nobody, who then
 * owns the cluster. A cluster that has another owner already is always run by that one.
 */
sealed interface RunAs {

  /** Puts a program's arguments behind whatever changes the user. */
  default List<String> command(List<String> arguments) {
    List<String> whole = new ArrayList<>(prefix());
    whole.addAll(arguments);
    return whole;
  }

  List<String> prefix();

  /** Makes the files belong to whoever will work on them. */
  void own(Path tree) throws IOException;

  /** The one that fits this process and the owner of this cluster. */
  static RunAs choose(DataDirectory directory, PostgresRuntime runtime)
      throws IOException, InterruptedException {
    long me = new UnixSystem().getUid();
    Path home = directory.home();
    boolean exists = Files.exists(home);
    int owner = exists ? (int) Files.getAttribute(home, "unix:uid") : (int) me;
    if (me != 0) {
      if (owner != (int) me) {
        throw new EmbeddedPostgresException(
            Reason.NOT_WRITABLE,
            "The folder "
                + home
                + " belongs to another user ("
                + Files.getOwner(home).getName()
                + "); run the server as that user or choose another --data directory.");
      }
      return new Myself();
    }
    if (owner != 0) {
      var user = new OtherUser(owner, (int) Files.getAttribute(home, "unix:gid"));
      return require(user, directory, runtime);
    }
    var namespace = new Namespace();
    if (works(namespace, directory, runtime)) {
      return namespace;
    }
    RunAs nobody = require(OtherUser.NOBODY, directory, runtime);
    if (exists) {
      nobody.own(home);
    }
    return nobody;
  }

  private static RunAs require(RunAs user, DataDirectory directory, PostgresRuntime runtime)
      throws IOException, InterruptedException {
    if (works(user, directory, runtime)) {
      return user;
    }
    throw new EmbeddedPostgresException(
        Reason.UNSUPPORTED_SYSTEM,
        "PostgreSQL refuses to run as root, and no other user can run it on "
            + directory.root()
            + "; run the server as an ordinary user, or choose a --data directory that every user"
            + " can reach, such as /var/lib/clawlive.");
  }

  private static boolean works(RunAs user, DataDirectory directory, PostgresRuntime runtime)
      throws InterruptedException {
    try {
      // Starting from inside the directory shows that the user can reach it.
      List<String> probe =
          List.of(
              "sh",
              "-c",
              "cd \"$1\" && exec \"$2\" --version",
              "sh",
              directory.root().toString(),
              runtime.program("postgres"));
      return Command.run(user.command(probe), Path.of("/"), Duration.ofSeconds(20)).succeeded();
    } catch (IOException e) {
      return false; // The system has no such program.
    }
  }

  /** An ordinary user. */
  record Myself() implements RunAs {
    @Override
    public List<String> prefix() {
      return List.of();
    }

    @Override
    public void own(Path tree) {}
  }

  /** Root outside, nobody inside. */
  record Namespace() implements RunAs {
    @Override
    public List<String> prefix() {
      return List.of("unshare", "-U");
    }

    @Override
    public void own(Path tree) {}
  }

  /** Root gives up its rights for those of another user. */
  record OtherUser(int user, int group) implements RunAs {
    static final OtherUser NOBODY = new OtherUser(65_534, 65_534);

    @Override
    public List<String> prefix() {
      return List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups");
    }

    @Override
    public void own(Path tree) throws IOException {
      FileTree.give(tree, user, group);
    }
  }
}
