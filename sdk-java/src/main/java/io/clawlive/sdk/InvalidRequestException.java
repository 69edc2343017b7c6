package io.clawlive.sdk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request breaks a rule of the contract: correct it. */
public final class InvalidRequestException extends ClawLiveException {
  private static final long serialVersionUID = 1L;

  /** For the SDK and for tests of code that uses it. */
  public InvalidRequestException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail, cause);
  }

  /** One sentence for every field that breaks its rule; may be empty. */
  public List<String> violations() {
    return detail().violations();
  }
}
