package io.clawlive.sdk.internal;

import io.clawlive.sdk.ErrorDetail;
import io.clawlive.sdk.InvalidRequestException;
import io.clawlive.streams.v1.Artifact;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.Proof;
import io.clawlive.streams.v1.ProofKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The contract's limits of an event, checked before it is numbered: one bad event must fail its own
 * call and not the whole flow behind it. The server checks the same rules again.
 */
public final class EventRules {
  private static final int MAX_TEXT_BYTES = 64 << 10;
  private static final int MAX_PROOF_BYTES = 4 << 10;
  private static final int MAX_EVENT_BYTES = 512 << 10;
  private static final Pattern SHA = Pattern.compile("([0-9a-f]{4,64})?");
  private static final Pattern HASH = Pattern.compile("(([a-z0-9-]{1,24}:)?[0-9a-f]{4,128})?");
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("([a-z0-9.+-]{1,63}/[a-z0-9.+-]{1,64})?");
  private static final Pattern URL = Pattern.compile("(https?://\\S+)?");

  private EventRules() {}

  /** Throws {@link InvalidRequestException} when a client may not publish this event. */
  public static void check(Event event) {
    switch (event.getPayloadCase()) {
      case THOUGHT -> {
        bytes("thought.text", event.getThought().getText(), MAX_TEXT_BYTES);
        each("thought.tags", event.getThought().getTagsList(), 16, 64);
      }
      case LOG -> log(event.getLog());
      case PROOF -> proof(event.getProof());
      case CHAT -> chat(event.getChat());
      case ARTIFACT -> artifact(event.getArtifact());
      case STATUS,
          ALERT,
          REACTION,
          ROOM,
          MEMBER,
          PRESENCE,
          TASK,
          PROGRESS,
          APPROVAL,
          STEERING,
          CHAT_CHANGE,
          INVITATION,
          SANDBOX ->
          throw broken(
              "payload",
              event.getPayloadCase().name(),
              "a kind that clients write; this one is the server's");
      case PAYLOAD_NOT_SET -> {
        if (event.getUnknownFields().asMap().isEmpty()) {
          throw broken("payload", "unset", "one of thought, log, proof, chat, artifact");
        }
      }
    }
    if (event.getSerializedSize() > MAX_EVENT_BYTES) {
      throw broken("event", event.getSerializedSize() + " bytes", "at most " + MAX_EVENT_BYTES);
    }
  }

  private static void log(LogLine log) {
    bytes("log.line", log.getLine(), MAX_TEXT_BYTES);
    characters("log.module", log.getModule(), 0, 128);
    if (log.getLevel() == LogLevel.UNRECOGNIZED) {
      throw broken("log.level", String.valueOf(log.getLevelValue()), "a level of the contract");
    }
  }

  private static void proof(Proof proof) {
    if (proof.getKind() == ProofKind.UNRECOGNIZED
        || proof.getKind() == ProofKind.PROOF_KIND_UNSPECIFIED) {
      throw broken(
          "proof.kind", String.valueOf(proof.getKindValue()), "commit, deploy, test or screenshot");
    }
    bytes("proof.message", proof.getMessage(), MAX_PROOF_BYTES);
    if (!SHA.matcher(proof.getSha()).matches()) {
      throw broken("proof.sha", proof.getSha(), "4 to 64 lower-case hexadecimal digits");
    }
    url("proof.url", proof.getUrl());
  }

  private static void artifact(Artifact artifact) {
    if (artifact.getKind() == ArtifactKind.UNRECOGNIZED
        || artifact.getKind() == ArtifactKind.ARTIFACT_KIND_UNSPECIFIED) {
      throw broken(
          "artifact.kind",
          String.valueOf(artifact.getKindValue()),
          "commit, deploy, screenshot or file");
    }
    characters("artifact.name", artifact.getName(), 0, 256);
    url("artifact.url", artifact.getUrl());
    if (!HASH.matcher(artifact.getHash()).matches()) {
      throw broken("artifact.hash", artifact.getHash(), "lower-case hex or '<algorithm>:<hex>'");
    }
    if (!MEDIA_TYPE.matcher(artifact.getMediaType()).matches()) {
      throw broken("artifact.media_type", artifact.getMediaType(), "a type such as image/png");
    }
  }

  private static void url(String field, String url) {
    characters(field, url, 0, 2_048);
    if (!URL.matcher(url).matches()) {
      throw broken(field, url, "an absolute http or https URL");
    }
  }

  private static void chat(Chat chat) {
    characters("chat.user", chat.getUser(), 0, 64);
    characters("chat.message", chat.getMessage(), 1, 4_000);
    each("chat.reactions", chat.getReactionsList(), 32, 16);
  }

  private static void each(String field, List<String> values, int most, int mostCharacters) {
    if (values.size() > most) {
      throw broken(field, values.size() + " values", "at most " + most);
    }
    for (String value : values) {
      characters(field, value, 1, mostCharacters);
    }
  }

  private static void characters(String field, String value, int least, int most) {
    int count = value.length() <= most ? value.length() : value.codePointCount(0, value.length());
    if (count < least || count > most) {
      throw broken(field, count + " characters", least + " to " + most);
    }
  }

  private static void bytes(String field, String value, int most) {
    // Three bytes hold any UTF-16 unit, so most texts need no counting.
    if (value.length() <= most / 3) {
      return;
    }
    long count = value.codePoints().mapToLong(EventRules::width).sum();
    if (count > most) {
      throw broken(field, count + " bytes", "at most " + most);
    }
  }

  private static int width(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    } else if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }

  private static InvalidRequestException broken(String field, String found, String expected) {
    String shown = found.length() > 80 ? found.substring(0, 80) + "…" : found;
    String sentence = field + " is " + shown + "; expected " + expected;
    return new InvalidRequestException(
        new ErrorDetail(
            "INVALID_FIELD",
            "The event cannot be published: " + sentence + ".",
            Map.of("field", field, "expected", expected),
            List.of(sentence),
            false,
            Optional.empty()),
        null);
  }
}
