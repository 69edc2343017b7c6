package io.clawlive.server.identity;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.clawlive.rooms.v1.AssignTaskRequest;
import io.clawlive.rooms.v1.ChannelHello;
import io.clawlive.rooms.v1.ClaimTaskRequest;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.rooms.v1.CreateInvitationRequest;
import io.clawlive.rooms.v1.CreateRoomRequest;
import io.clawlive.rooms.v1.CreateTaskRequest;
import io.clawlive.rooms.v1.DecideApprovalRequest;
import io.clawlive.rooms.v1.Decision;
import io.clawlive.rooms.v1.DeleteMessageRequest;
import io.clawlive.rooms.v1.DeleteRoomRequest;
import io.clawlive.rooms.v1.EditMessageRequest;
import io.clawlive.rooms.v1.GetRoomContextRequest;
import io.clawlive.rooms.v1.GetRoomRequest;
import io.clawlive.rooms.v1.GetTaskRequest;
import io.clawlive.rooms.v1.GetUserRequest;
import io.clawlive.rooms.v1.HeartbeatRequest;
import io.clawlive.rooms.v1.ImportRoomRequest;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.rooms.v1.LeaveRoomRequest;
import io.clawlive.rooms.v1.ListApprovalsRequest;
import io.clawlive.rooms.v1.ListInvitationsRequest;
import io.clawlive.rooms.v1.ListMembersRequest;
import io.clawlive.rooms.v1.ListMyInvitationsRequest;
import io.clawlive.rooms.v1.ListRoomMessagesRequest;
import io.clawlive.rooms.v1.ListRoomsRequest;
import io.clawlive.rooms.v1.ListTasksRequest;
import io.clawlive.rooms.v1.MoveRoomRequest;
import io.clawlive.rooms.v1.MoveTaskRequest;
import io.clawlive.rooms.v1.ReactInRoomRequest;
import io.clawlive.rooms.v1.RebuildRoomsRequest;
import io.clawlive.rooms.v1.RemoveMemberRequest;
import io.clawlive.rooms.v1.ReportProgressRequest;
import io.clawlive.rooms.v1.RequestApprovalRequest;
import io.clawlive.rooms.v1.RevokeInvitationRequest;
import io.clawlive.rooms.v1.SearchRoomMessagesRequest;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.rooms.v1.SteerAgentRequest;
import io.clawlive.rooms.v1.SubmitWorkRequest;
import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.rooms.v1.UpdateMemberRequest;
import io.clawlive.rooms.v1.UpdateRoomRequest;
import io.clawlive.rooms.v1.UpdateTaskRequest;
import io.clawlive.rooms.v1.UpdateUserRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.TestRoom;
import io.clawlive.streams.v1.MemberRole;
import io.clawlive.streams.v1.RoomState;
import io.clawlive.streams.v1.SteeringAction;
import io.clawlive.streams.v1.TaskProgress;
import io.clawlive.streams.v1.WorkSubmission;
import java.util.UUID;

/** Two rooms of one host, with one member each, and a right request to every RPC about them. */
final class RoomCast {
  private final Client host;
  private final Client member;
  private final TestRoom open;
  private final TestRoom hidden;

  RoomCast(Client host, Client member) {
    this.host = host;
    this.member = member;
    open = TestRoom.open(host);
    open.join(member);
    hidden = TestRoom.hidden(host);
    hidden.join(member, hidden.link(1).getSecret());
  }

  private String another(boolean ofHidden) {
    TestRoom room = ofHidden ? TestRoom.hidden(host) : TestRoom.open(host);
    if (ofHidden) {
      room.join(member, room.link(1).getSecret());
    } else {
      room.join(member);
    }
    return room.id();
  }

  Message request(String rpc, boolean ofHidden) {
    String room = (ofHidden ? hidden : open).id();
    return switch (rpc) {
      case "RoomService/CreateRoom" -> CreateRoomRequest.newBuilder().setName("another").build();
      case "RoomService/ListRooms" -> ListRoomsRequest.getDefaultInstance();
      case "RoomService/GetRoom" -> GetRoomRequest.newBuilder().setRoomId(room).build();
      case "RoomService/GetRoomContext" ->
          GetRoomContextRequest.newBuilder().setRoomId(room).build();
      case "RoomService/UpdateRoom" ->
          UpdateRoomRequest.newBuilder().setRoomId(room).setName("room").build();
      // Of rooms of their own, so that the others find theirs.
      case "RoomService/DeleteRoom" ->
          DeleteRoomRequest.newBuilder().setRoomId(another(ofHidden)).build();
      case "RoomService/MoveRoom" ->
          MoveRoomRequest.newBuilder()
              .setRoomId(room)
              .setState(RoomState.ROOM_STATE_ACTIVE)
              .build();
      case "RoomService/JoinRoom" ->
          JoinRoomRequest.newBuilder().setRoomId(room).setInvitation("not one").build();
      case "RoomService/LeaveRoom" ->
          LeaveRoomRequest.newBuilder().setRoomId(another(ofHidden)).build();
      case "RoomService/ListMembers" -> ListMembersRequest.newBuilder().setRoomId(room).build();
      case "RoomService/UpdateMember" ->
          UpdateMemberRequest.newBuilder()
              .setRoomId(room)
              .setMemberId("nobody")
              .setRole(MemberRole.MEMBER_ROLE_HOST)
              .build();
      case "RoomService/RemoveMember" ->
          RemoveMemberRequest.newBuilder().setRoomId(room).setMemberId("nobody").build();
      case "RoomService/CreateInvitation" ->
          CreateInvitationRequest.newBuilder().setRoomId(room).build();
      case "RoomService/ListInvitations" ->
          ListInvitationsRequest.newBuilder().setRoomId(room).build();
      case "RoomService/RevokeInvitation" ->
          RevokeInvitationRequest.newBuilder()
              .setRoomId(room)
              .setInvitationId(UUID.randomUUID().toString())
              .build();
      case "RoomService/ListMyInvitations" -> ListMyInvitationsRequest.getDefaultInstance();
      case "RoomService/Heartbeat" ->
          HeartbeatRequest.newBuilder().setRoomId(room).setDeviceId("tab").build();
      case "RoomService/SteerAgent" ->
          SteerAgentRequest.newBuilder()
              .setRoomId(room)
              .setMemberId("nobody")
              .setAction(SteeringAction.STEERING_ACTION_PAUSE)
              .build();
      case "RoomService/ImportRoom" ->
          ImportRoomRequest.newBuilder().setRecording(ByteString.copyFromUtf8("[]")).build();
      case "RoomService/RebuildRooms" ->
          RebuildRoomsRequest.newBuilder().setCompareOnly(true).setRoomId(room).build();
      case "RoomService/GetUser" -> GetUserRequest.newBuilder().setUserId("owner").build();
      case "RoomService/UpdateUser" -> UpdateUserRequest.newBuilder().setUserId("me").build();
      default -> chatOrTasks(rpc, room);
    };
  }

  private static Message chatOrTasks(String rpc, String room) {
    return switch (rpc) {
      case "AgentChannelService/Connect" ->
          ConnectRequest.newBuilder().setHello(ChannelHello.getDefaultInstance()).build();
      case "ChatService/SendRoomMessage" ->
          SendRoomMessageRequest.newBuilder().setRoomId(room).setMessage("hello").build();
      case "ChatService/ReactInRoom" ->
          ReactInRoomRequest.newBuilder().setRoomId(room).setSequence(1).setEmoji("👍").build();
      case "ChatService/EditMessage" ->
          EditMessageRequest.newBuilder().setStreamId(room).setSequence(1).setMessage("x").build();
      case "ChatService/DeleteMessage" ->
          DeleteMessageRequest.newBuilder().setStreamId(room).setSequence(1).build();
      case "ChatService/ListRoomMessages" ->
          ListRoomMessagesRequest.newBuilder().setRoomId(room).build();
      case "ChatService/SearchRoomMessages" ->
          SearchRoomMessagesRequest.newBuilder().setRoomId(room).setQuery("hello").build();
      case "TaskService/CreateTask" ->
          CreateTaskRequest.newBuilder().setRoomId(room).setTitle("do it").build();
      case "TaskService/ListTasks" -> ListTasksRequest.newBuilder().setRoomId(room).build();
      case "TaskService/GetTask" ->
          GetTaskRequest.newBuilder().setRoomId(room).setTaskId(9_999).build();
      case "TaskService/UpdateTask" ->
          UpdateTaskRequest.newBuilder().setRoomId(room).setTaskId(9_999).build();
      case "TaskService/ClaimTask" ->
          ClaimTaskRequest.newBuilder().setRoomId(room).setTaskId(9_999).build();
      case "TaskService/AssignTask" ->
          AssignTaskRequest.newBuilder()
              .setRoomId(room)
              .setTaskId(9_999)
              .setMemberId("member")
              .build();
      case "TaskService/MoveTask" ->
          MoveTaskRequest.newBuilder()
              .setRoomId(room)
              .setTaskId(9_999)
              .setMove(TaskMove.TASK_MOVE_START)
              .build();
      case "TaskService/SubmitWork" ->
          SubmitWorkRequest.newBuilder()
              .setRoomId(room)
              .setTaskId(9_999)
              .setWork(WorkSubmission.newBuilder().setBranch("b"))
              .build();
      case "TaskService/ReportProgress" ->
          ReportProgressRequest.newBuilder()
              .setRoomId(room)
              .setProgress(TaskProgress.newBuilder().setMessage("half"))
              .build();
      case "TaskService/RequestApproval" ->
          RequestApprovalRequest.newBuilder().setRoomId(room).setTitle("may I?").build();
      case "TaskService/ListApprovals" -> ListApprovalsRequest.newBuilder().setRoomId(room).build();
      case "TaskService/DecideApproval" ->
          DecideApprovalRequest.newBuilder()
              .setRoomId(room)
              .setApprovalId(9_999)
              .setDecision(Decision.DECISION_APPROVE)
              .build();
      default -> throw new AssertionError("say here what a good request to " + rpc + " is");
    };
  }
}
