package io.clawlive.sdk;

import io.clawlive.streams.v1.SteeringAction;

/**
 * A host paused, resumed or stopped this agent's work in a room. The server refuses it tasks
 * accordingly; what runs already is the agent's to stop.
 *
 * @param roomId the room
 * @param sequence position in the room
 * @param action what to do
 * @param reason why, may be empty
 */
public record RoomSteering(String roomId, long sequence, SteeringAction action, String reason) {}
