package io.clawlive.server.streams.masking;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.clawlive.streams.v1.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Masks the texts in an encoded event and copies everything else byte for byte, unknown fields and
 * their order included.
 *
 * <p>An unknown field's bytes may be a message, a text or neither. They are read as a message where
 * they are one from the first byte to the last, else as a text unless they hold zero bytes and are
 * no UTF-8.
 */
final class WireMasker {
  /** Deeper than any message of ours; what lies below is masked as text. */
  private static final int DEEPEST = 32;

  private final TextMasker texts;

  WireMasker(TextMasker texts) {
    this.texts = texts;
  }

  /** The masked event, or null when there is nothing to mask. */
  byte @Nullable [] maskEvent(byte[] encoded) {
    return WireReader.isMessage(encoded, 0, encoded.length, true)
        ? maskMessage(encoded, 0, encoded.length, Event.getDescriptor(), 0)
        : texts.mask(encoded, 0, encoded.length);
  }

  private byte @Nullable [] maskMessage(
      byte[] in, int from, int to, @Nullable Descriptor type, int depth) {
    Rewrite rewrite = new Rewrite(in, from);
    WireReader reader = new WireReader(in, from, to);
    while (reader.next()) {
      FieldDescriptor field =
          type == null || reader.isInGroup() ? null : type.findFieldByNumber(reader.field());
      if (reader.isLengthDelimited() && !(depth == 0 && isEnvelope(field))) {
        byte[] masked = maskValue(in, reader.valueStart(), reader.valueEnd(), field, depth);
        if (masked != null) {
          rewrite.replace(reader.lengthStart(), reader.valueEnd(), masked);
        }
      }
    }
    return rewrite.result(to);
  }

  private static boolean isEnvelope(@Nullable FieldDescriptor field) {
    return field != null && field.getContainingOneof() == null;
  }

  private byte @Nullable [] maskValue(
      byte[] in, int from, int to, @Nullable FieldDescriptor field, int depth) {
    if (field == null) {
      return maskUnknown(in, from, to, depth);
    }
    return switch (field.getJavaType()) {
      case MESSAGE -> maskMessage(in, from, to, field.getMessageType(), depth + 1);
      case STRING -> texts.mask(in, from, to);
      case BYTE_STRING -> maskIfText(in, from, to);
      // Packed numbers.
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM -> null;
    };
  }

  private byte @Nullable [] maskUnknown(byte[] in, int from, int to, int depth) {
    if (depth < DEEPEST && WireReader.isMessage(in, from, to, false)) {
      byte[] masked = maskMessage(in, from, to, null, depth + 1);
      // A text can be a message by chance, but then one that is all printable.
      return masked != null || !isPrintable(in, from, to) ? masked : texts.mask(in, from, to);
    }
    return maskIfText(in, from, to);
  }

  private byte @Nullable [] maskIfText(byte[] in, int from, int to) {
    boolean zero = false;
    for (int i = from; i < to && !zero; i++) {
      zero = in[i] == 0;
    }
    boolean text = !zero || ByteString.copyFrom(in, from, to - from).isValidUtf8();
    return text ? texts.mask(in, from, to) : null;
  }

  private static boolean isPrintable(byte[] in, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean control =
          in[i] >= 0 && in[i] < ' ' && in[i] != '\t' && in[i] != '\n' && in[i] != '\r';
      if (control) {
        return false;
      }
    }
    return ByteString.copyFrom(in, from, to - from).isValidUtf8();
  }

  /** A message being written anew, as copies of the old one and values that take others' place. */
  private static final class Rewrite {
    private final byte[] in;
    private final int from;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(0);
    private int copied;

    Rewrite(byte[] in, int from) {
      this.in = in;
      this.from = from;
      this.copied = from;
    }

    void replace(int lengthStart, int valueEnd, byte[] value) {
      out.write(in, copied, lengthStart - copied);
      writeLength(value.length);
      out.writeBytes(value);
      copied = valueEnd;
    }

    byte @Nullable [] result(int to) {
      if (copied == from) {
        return null;
      }
      out.write(in, copied, to - copied);
      return out.toByteArray();
    }

    private void writeLength(int length) {
      byte[] encoded = new byte[CodedOutputStream.computeUInt32SizeNoTag(length)];
      try {
        CodedOutputStream.newInstance(encoded).writeUInt32NoTag(length);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      out.writeBytes(encoded);
    }
  }
}
