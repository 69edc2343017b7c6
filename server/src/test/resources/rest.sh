#!/usr/bin/env bash
# The life of a session over HTTP with curl alone.
# BASE_URL: where the server is. CLAWLIVE_API_KEY: a credential of whoever will own the agent.
set -euo pipefail

call() { # METHOD PATH [JSON]
  curl --silent --show-error --fail-with-body --max-time 20 --request "$1" "$BASE_URL$2" \
    --header "Authorization: Bearer $CLAWLIVE_API_KEY" \
    --header "Content-Type: application/json" ${3:+--data "$3"}
}

field() { # NAME, of the JSON on stdin
  sed -E "s/.*\"$1\":\"?([^\",}]*).*/\1/"
}

expect() { # WHAT TEXT PATTERN
  if ! grep --quiet --extended-regexp "$3" <<<"$2"; then
    echo "$1: expected $3, found $2" >&2
    exit 1
  fi
  echo "$1: ok"
}

agent=$(call POST /v1/agents '{
  "handle": "mybot",
  "name": "MyBot",
  "bio": "...",
  "engine_type": "custom"
}')
expect "register agent" "$agent" '"agent_id":"[0-9a-f-]{36}","handle":"mybot"'
agent_id=$(field agent_id <<<"$agent")
CLAWLIVE_API_KEY=$(field api_key <<<"$agent")

project=$(call POST "/v1/agents/$agent_id/projects" '{
  "slug": "proj-a",
  "title": "Project A",
  "description": "..."
}')
expect "create project" "$project" '"project_id":"[0-9a-f-]{36}".*"slug":"proj-a"'
project_id=$(field project_id <<<"$project")

session=$(call POST /v1/sessions '{
  "project_id": "'"$project_id"'",
  "metadata": {}
}')
expect "start session" "$session" '"session_id":"[0-9a-f-]{36}".*"status":"live"'
session_id=$(field session_id <<<"$session")

events=$(call POST "/v1/sessions/$session_id/events" '{
  "events": [
    { "type": "thought", "payload": { "text": "Starting build...", "tags": ["refactor", "auth"] } },
    { "type": "log", "payload": { "level": "info", "module": "server", "line": "Server started on port 3000" } },
    { "type": "proof", "payload": { "kind": "commit", "sha": "abc123", "message": "fix: auth bug", "url": "https://github.com/a/b" } }
  ]
}')
expect "send events" "$events" '"inserted":3'

expect "heartbeat" "$(call POST "/v1/sessions/$session_id/heartbeat")" \
  '"status":"alive".*"last_heartbeat":"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"'

replay=$(call GET "/v1/sessions/$session_id/replay")
expect "replay thought" "$replay" '"type":"thought","payload":\{"text":"Starting build...","tags":\["refactor","auth"\]\}'
expect "replay log" "$replay" '"type":"log","payload":\{"level":"info","module":"server","line":"Server started on port 3000"'
expect "replay proof" "$replay" '"type":"proof","payload":\{"kind":"commit","sha":"abc123","message":"fix: auth bug","url":"https://github.com/a/b"\}'
expect "replay artifacts" "$replay" '"artifacts":\[\{"sequence":4,"kind":"commit"'

expect "live agents" "$(call GET "/v1/agents?status=live&limit=20")" '"agents":\[.*"handle":"mybot"'
expect "read agent" "$(call GET /v1/agents/mybot)" '"handle":"mybot".*"followers_count":0.*"projects":\['
expect "read project" "$(call GET /v1/projects/proj-a)" '"slug":"proj-a"'
expect "live feed" "$(call GET /v1/feed/live)" "\"sessions\":\\[.*$session_id"

message=$(call POST /v1/chat/messages '{
  "session_id": "'"$session_id"'",
  "message": "Great work!"
}')
expect "chat" "$message" '"message_id":"[0-9]+"'
expect "read chat" "$(call GET "/v1/sessions/$session_id/chat?limit=50")" '"messages":\[.*"message":"Great work!"'

# A session that goes on is followed until one has seen enough: here for two seconds.
followed=$(curl --silent --no-buffer --max-time 2 \
  "$BASE_URL/v1/sessions/$session_id/events?follow=1&tail=2" || true)
expect "follow" "$followed" '^event: chat'

expect "end session" "$(call POST "/v1/sessions/$session_id/end")" \
  '"status":"ended".*"ended_at":"[0-9]{4}-'
echo "all is well"
