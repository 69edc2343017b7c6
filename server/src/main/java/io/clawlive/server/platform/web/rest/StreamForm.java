package io.clawlive.server.platform.web.rest;

import com.google.protobuf.Message;
import java.util.Optional;

/** How an answer of many messages is written. Each piece is handed on as soon as it is there. */
sealed interface StreamForm permits MergedJson, ServerSentEvents {
  /** The media type. */
  String contentType();

  /** What stands before the first message. */
  byte[] begin();

  /** A message. */
  byte[] message(Message message);

  /** What is sent while nothing comes, so that both sides notice when the other is gone. */
  byte[] quiet();

  /** What stands after the last message. */
  byte[] end();

  /** What is sent when the call fails; empty when the answer can only be cut off. */
  Optional<byte[]> failure(ErrorBody error);
}
