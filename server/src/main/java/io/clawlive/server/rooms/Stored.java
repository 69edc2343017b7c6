package io.clawlive.server.rooms;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;

/** Reads what the tables keep as the contract's messages. */
final class Stored {
  private Stored() {}

  static <M extends Message> M read(Parser<M> parser, byte[] content) {
    try {
      return parser.parseFrom(content);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a row of a room is damaged", e);
    }
  }
}
