package io.clawlive.cli;

import io.clawlive.cli.admin.AdminCommands;
import io.clawlive.cli.agents.AgentCommands;
import io.clawlive.cli.demo.DemoCommand;
import io.clawlive.cli.doctor.DoctorCommand;
import io.clawlive.cli.identity.IdentityCommands;
import io.clawlive.cli.keys.KeyCommands;
import io.clawlive.cli.live.LiveCommands;
import io.clawlive.cli.rooms.RoomCommands;
import io.clawlive.cli.sandbox.SandboxCommands;
import io.clawlive.cli.secrets.SecretCommands;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.streams.StreamCommands;
import io.clawlive.cli.teams.TeamCommands;
import io.clawlive.cli.templates.TemplateCommands;
import io.clawlive.cli.webhooks.WebhookCommands;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The table of all commands. When the first argument names one, only that one is built, because
 * building all of them would take longer than most of them run.
 */
final class Commands {
  private static final List<Group> GROUPS =
      List.of(
          new Group("Begin")
              .with("demo", shell -> new CommandLine(new DemoCommand(shell)))
              .with("serve", shell -> new CommandLine(new ServeCommand()))
              .with("agent", AgentCommands::agent)
              .with("project", AgentCommands::project)
              .with("webhook", WebhookCommands::webhook),
          new Group("Who you are")
              .with("register", IdentityCommands::register)
              .with("login", IdentityCommands::login)
              .with("logout", IdentityCommands::logout)
              .with("whoami", IdentityCommands::whoami)
              .with("passwd", IdentityCommands::passwd)
              .with("approve", IdentityCommands::approve)
              .with("deny", IdentityCommands::deny)
              .with("links", IdentityCommands::links)
              .with("keys", KeyCommands::keys),
          new Group("Sessions")
              .with("start", LiveCommands::start)
              .with("pause", LiveCommands::pause)
              .with("resume", LiveCommands::resume)
              .with("heartbeat", LiveCommands::heartbeat)
              .with("end", LiveCommands::end)
              .with("visibility", LiveCommands::visibility)
              .with("sessions", LiveCommands::sessions),
          new Group("Work together")
              .with("rooms", RoomCommands::rooms)
              .with("chat", RoomCommands::chat)
              .with("tasks", RoomCommands::tasks)
              .with("team", TeamCommands::team),
          new Group("Sandboxes")
              .with("sandbox", SandboxCommands::sandbox)
              .with("secret", SecretCommands::secret)
              .with("template", TemplateCommands::template),
          new Group("Write")
              .with("thought", StreamCommands::thought)
              .with("log", StreamCommands::log)
              .with("proof", StreamCommands::proof)
              .with("pipe", StreamCommands::pipe)
              .with("run", StreamCommands::run),
          new Group("Read")
              .with("watch", StreamCommands::watch)
              .with("replay", StreamCommands::replay)
              .with("export", StreamCommands::export)
              .with("follow", AgentCommands::follow)
              .with("unfollow", AgentCommands::unfollow)
              .with("follows", AgentCommands::follows),
          new Group("Administer")
              .with("admin", AdminCommands::admin)
              .with("audit", AdminCommands::audit),
          new Group("This program")
              .with("doctor", shell -> new CommandLine(new DoctorCommand(shell)))
              .with("version", shell -> new CommandLine(new VersionCommand(shell)))
              .with("completion", shell -> new CommandLine(new CompletionCommand(shell))));

  private record Group(String heading, Map<String, Function<Shell, CommandLine>> commands) {
    Group(String heading) {
      this(heading, new LinkedHashMap<>());
    }

    Group with(String name, Function<Shell, CommandLine> command) {
      commands.put(name, command);
      return this;
    }
  }

  private Commands() {}

  /** What can run these arguments. */
  static CommandLine commandLine(Shell shell, String... arguments) {
    if (arguments.length > 0) {
      for (Group group : GROUPS) {
        Function<Shell, CommandLine> command = group.commands().get(arguments[0]);
        if (command != null) {
          CommandLine root = new CommandLine(new RootCommand());
          root.addSubcommand(arguments[0], command.apply(shell));
          return settled(root, shell);
        }
      }
    }
    return all(shell);
  }

  /** Every command, for help and completion. */
  static CommandLine all(Shell shell) {
    CommandLine root = new CommandLine(new RootCommand());
    for (Group group : GROUPS) {
      group.commands().forEach((name, command) -> root.addSubcommand(name, command.apply(shell)));
    }
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> groups(help));
    return settled(root, shell);
  }

  private static CommandLine settled(CommandLine root, Shell shell) {
    Failures failures = new Failures();
    return root.setOut(Shell.writer(shell.out()))
        .setErr(Shell.writer(shell.err()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  private static String groups(Help help) {
    return GROUPS.stream()
        .map(group -> "%n%s%n%s".formatted(group.heading(), list(help, group)))
        .collect(Collectors.joining());
  }

  private static String list(Help help, Group group) {
    return group.commands().keySet().stream()
        .map(name -> {
          String[] description =
              help.subcommands().get(name).commandSpec().usageMessage().description();
          return "  %-12s %s%n".formatted(name, description.length == 0 ? "" : description[0]);
        })
        .collect(Collectors.joining());
  }
}
