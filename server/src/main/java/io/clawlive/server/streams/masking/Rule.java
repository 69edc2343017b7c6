package io.clawlive.server.streams.masking;

/** Decides whether a keyword that was found belongs to a secret, and where that begins and ends. */
@FunctionalInterface
interface Rule {

  /**
   * Looks around a keyword and adds what is secret.
   *
   * @param start offset of the keyword, if all its optional bytes were there
   * @param end offset behind the keyword
   * @return where the search goes on, at or after {@code end}
   */
  int confirm(Text text, int start, int end, Spans found);
}
