package io.clawlive.server.platform.secrets;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/** Rows of a noun that a {@link SecretBox} sealed, so that they can be sealed anew. */
public interface SealedRows {

  /**
   * What one row holds sealed.
   *
   * @param id names it among those of this kind; ids are compared by their text
   * @param context as it was sealed with
   */
  @Introspected
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  record Sealed(String id, String context, byte[] bytes) {}

  /** How many were sealed by another key than the one with this mark. */
  long countOthers(byte[] mark);

  /** The first of those after an id, by id. */
  List<Sealed> othersAfter(String id, byte[] mark, int most);

  /**
   * Puts the same secret, sealed anew, in the row's place.
   *
   * @return 0 when the row was changed meanwhile and stays as it is
   */
  int replace(Sealed row, byte[] sealed);
}
