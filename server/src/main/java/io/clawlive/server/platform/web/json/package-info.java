/**
 * The contract's messages as JSON, by their descriptors alone: names in snake_case, enum values as
 * lower-case words, whole numbers as numbers while every reader can hold them, times as RFC 3339.
 * Reading is strict: whatever is not understood is refused with the place and what is expected
 * there.
 *
 * <p>Public: {@link io.clawlive.server.platform.web.json.Json}, a value; {@link
 * io.clawlive.server.platform.web.json.JsonText}, its text; {@link
 * io.clawlive.server.platform.web.json.MessageReader} and {@link
 * io.clawlive.server.platform.web.json.MessageWriter}, a message from and to it; {@link
 * io.clawlive.server.platform.web.json.EnumWords} and {@link
 * io.clawlive.server.platform.web.json.EventShape}, the two habits that differ from protobuf's own
 * JSON; {@link io.clawlive.server.platform.web.json.Wrong}, the one way to refuse. Start reading at
 * {@link io.clawlive.server.platform.web.json.MessageReader}.
 */
@NullMarked
package io.clawlive.server.platform.web.json;

import org.jspecify.annotations.NullMarked;
