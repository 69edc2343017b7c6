package io.clawlive.server.identity;

import com.google.protobuf.Message;
import io.clawlive.sandbox.v1.ClassifyMessageRequest;
import io.clawlive.sandbox.v1.GetTeamRequest;
import io.clawlive.sandbox.v1.ListTeamsRequest;
import io.clawlive.sandbox.v1.ReloadTeamsRequest;
import io.clawlive.sandbox.v1.SendTeamMessageRequest;

/** A right request to every RPC about teams, of which there are none here. */
final class TeamCast {
  private static final String TEAM = "finance";

  private TeamCast() {}

  static Message request(String rpc) {
    return switch (rpc) {
      case "ListTeams" -> ListTeamsRequest.getDefaultInstance();
      case "GetTeam" -> GetTeamRequest.newBuilder().setTeamId(TEAM).build();
      case "ReloadTeams" -> ReloadTeamsRequest.getDefaultInstance();
      case "ClassifyMessage" ->
          ClassifyMessageRequest.newBuilder().setTeamId(TEAM).setMessage("a bill").build();
      case "SendTeamMessage" ->
          SendTeamMessageRequest.newBuilder().setTeamId(TEAM).setMessage("a bill").build();
      default -> throw new AssertionError("say here what a good request to " + rpc + " is");
    };
  }
}
