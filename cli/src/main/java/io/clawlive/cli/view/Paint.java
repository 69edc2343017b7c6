package io.clawlive.cli.view;

/** Colours of the terminal, by what they mean here. */
enum Paint {
  FAINT("2"),
  THOUGHT("36"),
  GOOD("32"),
  WARNING("33"),
  BAD("31"),
  STATE("34"),
  PERSON("35");

  private final String code;

  Paint(String code) {
    this.code = code;
  }

  String on(String text, boolean colour) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
