package io.clawlive.cli.doctor;

import io.clawlive.cli.home.Credentials;
import io.clawlive.cli.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Looks at this machine: Java, the user's folder, the disk. */
final class MachineChecks {
  private static final int NEEDED_JAVA = 25;
  private static final long LITTLE = 1L << 30;
  private static final long TOO_LITTLE = 100L << 20;

  private final Home home;

  MachineChecks(Home home) {
    this.home = home;
  }

  List<Check> run() {
    List<Check> checks = new ArrayList<>();
    checks.add(java());
    checks.add(folder());
    if (Files.exists(home.folder().resolve(Credentials.FILE))) {
      checks.add(secrets());
    }
    checks.add(disk());
    return checks;
  }

  private static Check java() {
    String found = System.getProperty("java.version") + " in " + System.getProperty("java.home");
    return Runtime.version().feature() >= NEEDED_JAVA
        ? Check.ok("java", found)
        : Check.fail("java", found, "Install a JDK 25 and point JAVA_HOME at it.");
  }

  private Check folder() {
    Path folder = home.folder();
    if (!Files.exists(folder)) {
      return Check.ok("home", folder + " does not exist yet; the first login or start makes it");
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      return Check.fail(
          "home",
          folder + " is not a folder that you may write to",
          "Correct its owner and mode, or set CLAWLIVE_HOME to another folder.");
    }
    String mode = mode(folder);
    return mode.length() == 9 && mode.charAt(7) == 'w'
        ? Check.warn("home", folder + " may be changed by everybody", "chmod 700 " + folder)
        : Check.ok("home", folder.toString());
  }

  private Check secrets() {
    Path file = home.folder().resolve(Credentials.FILE);
    String mode = mode(file);
    return mode.isEmpty() || mode.endsWith("------")
        ? Check.ok("credentials", file + " is readable by you alone")
        : Check.fail("credentials", file + " has mode " + mode, "chmod 600 " + file);
  }

  private Check disk() {
    Path at = home.folder();
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    long free = at.toFile().getUsableSpace();
    String detail = "%,d MiB free at %s".formatted(free >> 20, at);
    String remedy = "Free some space; unsent events and the server's data lie there.";
    if (free < TOO_LITTLE) {
      return Check.fail("disk", detail, remedy);
    }
    return free < LITTLE ? Check.warn("disk", detail, remedy) : Check.ok("disk", detail);
  }

  /** As in ls, without the first letter; empty where files have no such modes. */
  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
