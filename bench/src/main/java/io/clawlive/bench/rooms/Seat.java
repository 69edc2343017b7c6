package io.clawlive.bench.rooms;

/**
 * An agent's place in a room.
 *
 * @param apiKey the agent's key
 * @param said what was said in the room and acknowledged, by whomever
 */
record Seat(String roomId, String apiKey, MessageSet said) {
  @Override
  public String toString() {
    return "Seat[" + roomId + "]";
  }
}
