package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Transport types must not show in what callers compile against. */
class ApiSurfaceTest {
  private static final String PACKAGE = "io.clawlive.sdk.";

  @Test
  void noPublicSignatureNamesTransportOrInternals() throws Exception {
    List<String> leaks = new ArrayList<>();
    List<Class<?>> types = publicTypes();
    assertTrue(types.size() > 30, "found " + types);
    for (Class<?> type : types) {
      Stream.of(type.getConstructors()).forEach(member -> check(type, member, leaks));
      Stream.of(type.getMethods())
          .filter(method -> method.getDeclaringClass() == type)
          .forEach(method -> {
            check(type, method, leaks);
            note(type, method.getName(), method.getGenericReturnType(), leaks);
          });
      Stream.of(type.getFields())
          .forEach(field -> note(type, field.getName(), field.getGenericType(), leaks));
    }
    assertEquals(List.of(), leaks);
  }

  private static void check(Class<?> type, Executable member, List<String> leaks) {
    for (Type parameter : member.getGenericParameterTypes()) {
      note(type, member.getName(), parameter, leaks);
    }
    for (Type thrown : member.getGenericExceptionTypes()) {
      note(type, member.getName(), thrown, leaks);
    }
  }

  private static void note(Class<?> type, String member, Type shown, List<String> leaks) {
    String name = shown.getTypeName();
    if (name.contains("io.grpc.")
        || name.contains("io.netty.")
        || name.contains(PACKAGE + "internal.")
        || name.contains("Grpc")) {
      leaks.add(type.getSimpleName() + "." + member + " shows " + name);
    }
  }

  private static List<Class<?>> publicTypes()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path root =
        Path.of(ClawLive.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve(PACKAGE.replace('.', '/'));
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class<?> type = Class.forName(PACKAGE + name);
        if (Modifier.isPublic(type.getModifiers())) {
          types.add(type);
        }
      }
    }
    return types;
  }
}
