package io.clawlive.server.identity.audit;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.clawlive.identity.v1.AuditEntry;
import io.clawlive.server.platform.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How an entry is bound to all entries before it. */
final class AuditChain {
  /** Stands before the first entry. */
  static final byte[] ROOT = new byte[32];

  private AuditChain() {}

  /** The bytes that are kept and hashed: the same for the same entry on every machine. */
  static ByteString encode(AuditEntry entry) {
    var bytes = ByteString.newOutput(entry.getSerializedSize());
    var out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      entry.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }

  static byte[] hash(byte[] before, byte[] content) {
    return Sha256.of(before, content);
  }
}
