package io.clawlive.server.platform.grpc;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.Ids;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list: as many rows as asked for, and the token of the next page. Ask the table for
 * one row more than the page holds, so that the last page is known to be the last.
 */
public record Page<R>(List<R> rows, String nextToken) {
  private static final int DEFAULT_SIZE = 50;

  /** Rows that a page holds: as many as the request names, 50 where it names none. */
  public static int size(int pageSize) {
    return pageSize == 0 ? DEFAULT_SIZE : pageSize;
  }

  /** Rows to read for a page of the size the request names: one more than that. */
  public static int limit(int pageSize) {
    return size(pageSize) + 1;
  }

  /** Cuts the rows that were read to the page. */
  public static <R> Page<R> cut(List<R> rows, int limit, Function<R, String> token) {
    return rows.size() < limit
        ? new Page<>(rows, "")
        : new Page<>(rows.subList(0, limit - 1), token.apply(rows.get(limit - 2)));
  }

  /** The id a page token stands for, null for the first page. */
  public static @Nullable UUID idToken(String token) {
    return token.isEmpty()
        ? null
        : Ids.parse(token)
            .orElseThrow(() ->
                Refusal.of(
                    ErrorReason.ERROR_REASON_INVALID_FIELD,
                    "page_token is not one that a page gave: '" + token + "'.",
                    "page_token",
                    token));
  }
}
