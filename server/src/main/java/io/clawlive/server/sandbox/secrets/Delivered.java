package io.clawlive.server.sandbox.secrets;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A secret on its way into a sandbox. It is never printed.
 *
 * @param name of the secret, which is the name of its environment variable
 * @param fileName name of its file in {@code /run/secrets}; null when it is an environment variable
 * @param value 1 byte to 64 KiB; UTF-8 without a zero byte when it is an environment variable
 */
public record Delivered(String name, @Nullable String fileName, ByteString value) {
  @Override
  public String toString() {
    return "Delivered[" + name + "]";
  }
}
