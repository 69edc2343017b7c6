package io.clawlive.sdk;

import io.clawlive.streams.v1.Approval;

/**
 * A decision that was asked for, made or came too late, as an agent's handlers get it.
 *
 * @param roomId the room
 * @param sequence position in the room
 * @param approval the question afterwards
 */
public record RoomApproval(String roomId, long sequence, Approval approval) {}
