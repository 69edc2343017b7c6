package io.clawlive.sdk;

import java.nio.file.Path;

/** The agent of docs/sdk.md, as a program; a test runs it against a server. */
final class ExampleAgent {
  private ExampleAgent() {}

  public static void main(String[] arguments) {
    // example: agent
    try (ClawLive live = ClawLive.fromEnvironment();
        AgentChannel agent =
            live.agentChannel()
                .cursors(CursorStore.file(Path.of("mybot.cursors")))
                .onMention((bot, message) -> bot.reply(message, "Here I am, " + message.user()))
                .onTaskOpen((bot, task) -> bot.claim(task))
                .onTask((bot, task) -> {
                  bot.start(task).join();
                  bot.progress(task, 50, "Half of it is done").join();
                  bot.submit(task, "Did: " + task.title()).join();
                })
                .open()) {
      agent.awaitEnd();
    }
    // end
  }
}
