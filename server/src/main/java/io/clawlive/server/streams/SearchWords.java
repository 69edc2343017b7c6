package io.clawlive.server.streams;

import com.google.rpc.BadRequest;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Proof;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody looks for: words that must stand in an event and words that must not, upper and
 * lower case alike.
 */
final class SearchWords {
  private static final Pattern WORD = Pattern.compile("(-?)(?:\"([^\"]*)\"?|([^\\s\"]+))");

  private final List<String> wanted = new ArrayList<>();
  private final List<String> unwanted = new ArrayList<>();
  // The first wanted word that is plain ASCII: most events are told apart by it without decoding.
  private byte[] probe = new byte[0];

  private SearchWords() {}

  /** Reads words, "phrases in quotes" and -words. */
  static SearchWords parse(String query) {
    var words = new SearchWords();
    Matcher word = WORD.matcher(query);
    while (word.find()) {
      String text =
          (word.group(2) == null ? word.group(3) : word.group(2)).toLowerCase(Locale.ROOT);
      if (!text.isBlank()) {
        (word.group(1).isEmpty() ? words.wanted : words.unwanted).add(text);
      }
    }
    if (words.wanted.isEmpty() && words.unwanted.isEmpty()) {
      String expected = "expected a word or a phrase in quotes";
      throw Refusal.invalid(
          "query: " + expected + ".",
          BadRequest.newBuilder()
              .addFieldViolations(
                  BadRequest.FieldViolation.newBuilder().setField("query").setDescription(expected))
              .build());
    }
    words.probe =
        words.wanted.stream()
            .filter(SearchWords::isPlain)
            .findFirst()
            .map(text -> text.getBytes(StandardCharsets.US_ASCII))
            .orElse(words.probe);
    return words;
  }

  /**
   * Whether upper and lower case of every letter are single bytes. K and S have a third form each
   * outside ASCII, the Kelvin sign and the long s.
   */
  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c < 0x80 && c != 'k' && c != 's');
  }

  /** Quickly: false only when the encoded event cannot match. */
  boolean mayStandIn(byte[] content) {
    if (probe.length == 0) {
      return true;
    }
    int last = content.length - probe.length;
    for (int i = 0; i <= last; i++) {
      int n = 0;
      while (n < probe.length && lower(content[i + n]) == probe[n]) {
        n++;
      }
      if (n == probe.length) {
        return true;
      }
    }
    return false;
  }

  private static int lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }

  boolean matches(Event event) {
    String text = text(event).toLowerCase(Locale.ROOT);
    return wanted.stream().allMatch(text::contains) && unwanted.stream().noneMatch(text::contains);
  }

  /** Every text of an event, a line each. */
  private static String text(Event event) {
    return switch (event.getPayloadCase()) {
      case THOUGHT ->
          event.getThought().getText() + "\n" + String.join("\n", event.getThought().getTagsList());
      case LOG -> event.getLog().getModule() + "\n" + event.getLog().getLine();
      case PROOF -> {
        Proof proof = event.getProof();
        yield proof.getMessage() + "\n" + proof.getSha() + "\n" + proof.getUrl();
      }
      case CHAT -> event.getChat().getUser() + "\n" + event.getChat().getMessage();
      case STATUS -> event.getStatus().getReason();
      case ALERT -> event.getAlert().getMessage();
      case REACTION -> event.getReaction().getEmoji();
      case ARTIFACT -> {
        var artifact = event.getArtifact();
        yield artifact.getName() + "\n" + artifact.getUrl() + "\n" + artifact.getHash();
      }
      case ROOM -> event.getRoom().getRoom().getName() + "\n" + event.getRoom().getReason();
      case MEMBER -> event.getMember().getMember().getParty().getHandle();
      case PRESENCE -> event.getPresence().getMember().getParty().getHandle();
      case TASK -> {
        var task = event.getTask().getTask();
        yield task.getTitle() + "\n" + task.getDescription() + "\n" + event.getTask().getReason();
      }
      case PROGRESS ->
          event.getProgress().getMessage()
              + "\n"
              + String.join("\n", event.getProgress().getFilesList());
      case APPROVAL -> {
        var approval = event.getApproval().getApproval();
        yield approval.getTitle() + "\n" + approval.getDescription() + "\n" + approval.getComment();
      }
      case STEERING -> event.getSteering().getReason();
      case CHAT_CHANGE -> event.getChatChange().getMessage();
      case INVITATION -> event.getInvitation().getInvitation().getInvitee().getHandle();
      case SANDBOX -> event.getSandbox().getMessage();
      case PAYLOAD_NOT_SET -> "";
    };
  }
}
