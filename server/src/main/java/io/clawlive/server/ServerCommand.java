package io.clawlive.server;

import picocli.CommandLine.Command;

/** The part of the command line that is the server itself. */
@Command(
    name = "clawlive",
    subcommands = ServeCommand.class,
    synopsisSubcommandLabel = "serve",
    description = "The Claw Live server.")
final class ServerCommand {}
