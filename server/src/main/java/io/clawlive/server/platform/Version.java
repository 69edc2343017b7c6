package io.clawlive.server.platform;

/** The version of this server, as its jar's manifest tells it. */
public final class Version {
  /** Such as "0.1.0"; "dev" when the server does not run from its jar. */
  public static final String CURRENT = read();

  private Version() {}

  private static String read() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
