package io.clawlive.server.platform.web.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Locale;

/** Single values that are no messages. */
final class Scalars {
  /** Beyond this a reader whose numbers are doubles would silently round (RFC 7493). */
  private static final long MAX_EXACT = (1L << 53) - 1;

  private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private Scalars() {}

  /** Reads a value of a JSON body. */
  static Object read(FieldDescriptor field, Json json, String path) {
    return switch (field.getJavaType()) {
      case INT, LONG -> whole(field, number(json, "a whole number", path), path);
      case FLOAT, DOUBLE -> broken(field, number(json, "a number", path), path);
      case BOOLEAN -> {
        if (json instanceof Json.Flag(boolean value)) {
          yield value;
        }
        throw Wrong.kind(path, "true or false", json);
      }
      case STRING -> text(json, "a text", path);
      case BYTE_STRING -> bytes(text(json, "a text in Base64", path), path);
      case ENUM -> {
        String expected = "one of " + String.join(", ", EnumWords.words(field.getEnumType()));
        yield EnumWords.read(field.getEnumType(), text(json, expected, path), path);
      }
      case MESSAGE -> throw new IllegalArgumentException(field.getFullName() + " is a message");
    };
  }

  /** Reads a value that can only be text: of a path, of a query, the key of a map. */
  static Object readText(FieldDescriptor field, String text, String path) {
    if (field.getJavaType() != FieldDescriptor.JavaType.BOOLEAN) {
      return read(field, new Json.Text(text), path);
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw Wrong.at(path, "expected true or false, found " + Wrong.quoted(text));
    };
  }

  static void write(FieldDescriptor field, Object value, JsonGenerator out) throws IOException {
    switch (field.getJavaType()) {
      case INT -> out.writeNumber(unsigned(field) ? (int) value & 0xFFFF_FFFFL : (int) value);
      case LONG -> writeLong(unsigned(field), (long) value, out);
      case FLOAT -> writeDouble((float) value, Float.toString((float) value), out);
      case DOUBLE -> writeDouble((double) value, Double.toString((double) value), out);
      case BOOLEAN -> out.writeBoolean((boolean) value);
      case STRING -> out.writeString((String) value);
      case BYTE_STRING ->
          out.writeString(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case ENUM -> out.writeString(EnumWords.word((EnumValueDescriptor) value));
      case MESSAGE -> throw new IllegalArgumentException(field.getFullName() + " is a message");
    }
  }

  private static void writeLong(boolean unsigned, long value, JsonGenerator out)
      throws IOException {
    if (value <= MAX_EXACT && value >= (unsigned ? 0 : -MAX_EXACT)) {
      out.writeNumber(value);
    } else {
      out.writeString(unsigned ? Long.toUnsignedString(value) : Long.toString(value));
    }
  }

  static void writeDouble(double value, String digits, JsonGenerator out) throws IOException {
    if (!Double.isFinite(value)) {
      out.writeString(digits);
    } else if (value == Math.rint(value) && Math.abs(value) <= MAX_EXACT) {
      out.writeNumber((long) value);
    } else {
      out.writeNumber(new BigDecimal(digits));
    }
  }

  private static BigDecimal number(Json json, String expected, String path) {
    if (json instanceof Json.Number(BigDecimal value)) {
      return value;
    }
    if (json instanceof Json.Text(String text)) {
      try {
        // Nothing that a field holds is longer, and a longer one costs more to read.
        return new BigDecimal(text.length() > 40 ? "too long" : text);
      } catch (NumberFormatException e) {
        throw Wrong.at(path, "expected " + expected + ", found the text " + Wrong.quoted(text));
      }
    }
    throw Wrong.kind(path, expected, json);
  }

  private static Object whole(FieldDescriptor field, BigDecimal number, String path) {
    boolean wide = field.getJavaType() == FieldDescriptor.JavaType.LONG;
    try {
      if (wide && unsigned(field)) {
        // Its own exponent could make a small text a number of gigabytes.
        if (number.precision() - number.scale() > 20) {
          throw new ArithmeticException("too large");
        }
        BigInteger value = number.toBigIntegerExact();
        if (value.signum() < 0 || value.compareTo(UNSIGNED) > 0) {
          throw new ArithmeticException("out of range");
        }
        return value.longValue();
      }
      long value = number.longValueExact();
      long least = unsigned(field) ? 0 : wide ? Long.MIN_VALUE : Integer.MIN_VALUE;
      long most = wide ? Long.MAX_VALUE : unsigned(field) ? 0xFFFF_FFFFL : Integer.MAX_VALUE;
      if (value < least || value > most) {
        throw new ArithmeticException("out of range");
      }
      return wide ? (Object) value : (Object) (int) value;
    } catch (ArithmeticException e) {
      throw Wrong.at(path, "expected a whole number of " + (wide ? 64 : 32) + " bits");
    }
  }

  private static Object broken(FieldDescriptor field, BigDecimal number, String path) {
    boolean narrow = field.getJavaType() == FieldDescriptor.JavaType.FLOAT;
    if (narrow ? Float.isInfinite(number.floatValue()) : Double.isInfinite(number.doubleValue())) {
      throw Wrong.at(path, "the number is out of range");
    }
    return narrow ? (Object) number.floatValue() : (Object) number.doubleValue();
  }

  private static String text(Json json, String expected, String path) {
    if (json instanceof Json.Text(String text)) {
      return text;
    }
    throw Wrong.kind(path, expected, json);
  }

  private static ByteString bytes(String text, String path) {
    try {
      return ByteString.copyFrom(
          Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException e) {
      throw Wrong.at(path, "expected Base64");
    }
  }

  private static boolean unsigned(FieldDescriptor field) {
    return switch (field.getType()) {
      case UINT32, UINT64, FIXED32, FIXED64 -> true;
      case DOUBLE,
          FLOAT,
          INT64,
          INT32,
          BOOL,
          STRING,
          GROUP,
          MESSAGE,
          BYTES,
          ENUM,
          SFIXED32,
          SFIXED64,
          SINT32,
          SINT64 ->
          false;
    };
  }
}
