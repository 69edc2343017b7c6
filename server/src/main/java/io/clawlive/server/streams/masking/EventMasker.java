package io.clawlive.server.streams.masking;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/**
 * Replaces secrets in events and texts by {@code [masked:<kind>]}. Safe for any number of threads.
 *
 * <p>A masked text may be longer than the original, at most four times, so limits on lengths are
 * checked before masking.
 */
@Singleton
public final class EventMasker {
  private final Automaton automaton;
  private final TextMasker texts;
  private final WireMasker events;

  /** A masker with the defaults: e-mail addresses stay. */
  public EventMasker() {
    this(new MaskingConfiguration(false));
  }

  /** A masker for these settings. */
  @Inject
  public EventMasker(MaskingConfiguration configuration) {
    Catalog catalog = Catalog.of(configuration);
    automaton = Automaton.of(catalog.keywords());
    texts = new TextMasker(automaton, catalog.rules(), catalog.keywords());
    events = new WireMasker(texts);
  }

  /**
   * Masks every text of an event's payload, also in payloads and fields this version does not know.
   * The envelope (ids, sequences, times, actor) stays as it is.
   *
   * @param encodedEvent a serialized {@code clawlive.streams.v1.Event}; never changed. Bytes that
   *     are no message are treated as one text.
   * @return the same array when there is nothing to mask
   */
  public byte[] mask(byte[] encodedEvent) {
    // The keywords are looked for in the raw encoding: nearly every event ends here, unparsed.
    if (!automaton.findsAny(encodedEvent)) {
      return encodedEvent;
    }
    byte[] masked = events.maskEvent(encodedEvent);
    return masked == null ? encodedEvent : masked;
  }

  /**
   * Masks one text, for example a session's title.
   *
   * @return the same string when there is nothing to mask
   */
  public String mask(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!automaton.findsAny(bytes)) {
      return text;
    }
    byte[] masked = texts.mask(bytes, 0, bytes.length);
    return masked == null ? text : new String(masked, StandardCharsets.UTF_8);
  }
}
