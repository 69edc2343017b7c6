package io.clawlive.server.platform.secrets;

import io.clawlive.server.platform.NotUsableException;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the keyset: the environment first, then the file. */
@Factory
final class SecretBeans {
  static final String VARIABLE = "CLAWLIVE_KEYSET";

  @Singleton
  SecretBox secretBox(
      SecretsConfiguration settings,
      @Property(name = "clawlive.keyset") @Nullable String environment) {
    if (environment != null && !environment.isBlank()) {
      return SecretBox.of(environment, VARIABLE);
    }
    if (settings.file() == null || settings.file().isBlank()) {
      throw new NotUsableException(
          "The server has no keyset for what it keeps secret: set "
              + VARIABLE
              + ", or clawlive.secrets.file to a path where one can be made.");
    }
    return SecretBox.of(new KeysetFile(Path.of(settings.file())));
  }
}
