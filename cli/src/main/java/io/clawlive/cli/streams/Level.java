package io.clawlive.cli.streams;

import io.clawlive.streams.v1.LogLevel;
import java.util.Locale;

/** How much a log line matters, as people write it. */
enum Level {
  DEBUG,
  INFO,
  WARN,
  ERROR;

  LogLevel level() {
    return switch (this) {
      case DEBUG -> LogLevel.LOG_LEVEL_DEBUG;
      case INFO -> LogLevel.LOG_LEVEL_INFO;
      case WARN -> LogLevel.LOG_LEVEL_WARN;
      case ERROR -> LogLevel.LOG_LEVEL_ERROR;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
