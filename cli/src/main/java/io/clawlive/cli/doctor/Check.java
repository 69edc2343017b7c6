package io.clawlive.cli.doctor;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.view.Fields;
import java.util.Locale;
import java.util.Map;

/**
 * What one look found.
 *
 * @param name what was looked at
 * @param status how it stands
 * @param detail what was found
 * @param remedy what to do; empty when all is well
 */
record Check(String name, Status status, String detail, String remedy) {
  enum Status {
    OK,
    WARN,
    FAIL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Check ok(String name, String detail) {
    return new Check(name, Status.OK, detail, "");
  }

  static Check warn(String name, String detail, String remedy) {
    return new Check(name, Status.WARN, detail, remedy);
  }

  static Check fail(String name, String detail, String remedy) {
    return new Check(name, Status.FAIL, detail, remedy);
  }

  Map<String, Object> fields() {
    return Json.object(
        "name", name, "status", status, "detail", detail, "remedy", Fields.text(remedy));
  }
}
