package io.clawlive.server.identity.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clawlive.identity.v1.AuditEntry;
import io.clawlive.identity.v1.VerifyAuditRequest;
import io.clawlive.identity.v1.VerifyAuditResponse;
import io.clawlive.server.identity.audit.AuditRepository.EntryRow;
import io.clawlive.server.identity.audit.AuditRepository.Link;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the chain from its beginning and says where it breaks. */
@Singleton
final class AuditVerification {
  private static final int PAGE = 1_000;

  private final AuditRepository repository;

  AuditVerification(AuditRepository repository) {
    this.repository = repository;
  }

  VerifyAuditResponse verify(VerifyAuditRequest request) {
    // Read first: what is added while the log is read stands behind it.
    Link head = repository.head();
    var walk = new Walk(request.getKnownNumber(), request.getKnownHash());
    List<EntryRow> page;
    do {
      page = repository.after(walk.number, PAGE);
      for (EntryRow row : page) {
        String finding = row.number() > head.number() ? null : walk.step(row);
        if (finding != null) {
          return answer(head).setBrokenNumber(walk.number + 1).setFinding(finding).build();
        }
      }
    } while (page.size() == PAGE && walk.number < head.number());
    String finding = walk.end(head);
    return finding == null
        ? answer(head).setIntact(true).build()
        : answer(head).setBrokenNumber(walk.broken(head)).setFinding(finding).build();
  }

  private static VerifyAuditResponse.Builder answer(Link head) {
    return VerifyAuditResponse.newBuilder()
        .setLastNumber(head.number())
        .setLastHash(HexFormat.of().formatHex(head.hash()));
  }

  /** How far the chain was found whole. */
  private static final class Walk {
    private final long knownNumber;
    private final String knownHash;
    private long number;
    private byte[] hash = AuditChain.ROOT;

    Walk(long knownNumber, String knownHash) {
      this.knownNumber = knownNumber;
      this.knownHash = knownHash;
    }

    @Nullable String step(EntryRow row) {
      if (row.number() != number + 1) {
        return "The entry is missing.";
      }
      byte[] expected = AuditChain.hash(hash, row.entry());
      if (!Arrays.equals(expected, row.hash())) {
        return "The entry is not what was written, or its hash was changed.";
      }
      if (!says(row)) {
        return "The columns beside the entry say something else than the entry.";
      }
      if (row.number() == knownNumber && !HexFormat.of().formatHex(expected).equals(knownHash)) {
        return "The hash is not the known one: the log was written anew up to here.";
      }
      number = row.number();
      hash = expected;
      return null;
    }

    private static boolean says(EntryRow row) {
      try {
        AuditEntry entry = AuditEntry.parseFrom(row.entry());
        return entry.getNumber() == row.number()
            && entry.getAction().equals(row.action())
            && entry.getActor().getId().equals(row.actorId())
            && entry.getTarget().getId().equals(row.targetId());
      } catch (InvalidProtocolBufferException e) {
        return false;
      }
    }

    @Nullable String end(Link head) {
      if (number != head.number() || !Arrays.equals(hash, head.hash())) {
        return "The log ends here, but its head says otherwise: entries were cut off.";
      }
      return knownNumber > number ? "The known entry is missing: entries were cut off." : null;
    }

    long broken(Link head) {
      return Math.min(number, Math.max(head.number(), knownNumber)) + 1;
    }
  }
}
