package io.clawlive.cli.sandbox;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where files are: {@code SANDBOX:/path}, a path of this machine, or {@code -} for a stream. */
sealed interface Place {
  /**
   * In a sandbox.
   *
   * @param sandbox id or name
   * @param path absolute, without . and .. and empty parts; ends with / where a folder is meant
   */
  record Inside(String sandbox, String path) implements Place {}

  /** On this machine. */
  record Here(String path) implements Place {}

  /** Standard input or output. */
  record Stream() implements Place {}

  /** What people type. */
  final class Form implements ITypeConverter<Place> {
    @Override
    public Place convert(String text) {
      if (text.equals("-")) {
        return new Stream();
      }
      int colon = text.indexOf(':');
      int slash = text.indexOf('/');
      // As everywhere: a path of this machine with a colon in it is written ./a:b.
      if (colon <= 0 || (slash >= 0 && slash < colon)) {
        return new Here(text);
      }
      String path = text.substring(colon + 1);
      return new Inside(text.substring(0, colon), absolute(path.isEmpty() ? "/workspace" : path));
    }
  }

  /** A path as the server takes it. */
  static String absolute(String path) {
    String tidy = path.replaceAll("/{2,}", "/");
    boolean steps = tidy.matches("(.*/)?\\.\\.?(/.*)?");
    if (!tidy.startsWith("/") || steps || tidy.indexOf('\0') >= 0) {
      throw new TypeConversionException(
          "'%s' is no path in a sandbox. Expected an absolute one without . and .. in it."
              .formatted(path));
    }
    return tidy;
  }

  /** A path without the / that it may end with. */
  static String bare(String path) {
    return path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path;
  }

  /** The last name of a path; empty for the root. */
  static String name(String path) {
    String bare = bare(path);
    return bare.substring(bare.lastIndexOf('/') + 1);
  }

  /** A path below another. */
  static String below(String folder, String name) {
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }
}
