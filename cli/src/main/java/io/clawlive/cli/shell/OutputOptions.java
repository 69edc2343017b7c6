package io.clawlive.cli.shell;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The form of a command's answer, and its help. Mixed into every command. */
public final class OutputOptions {
  /** Forms of output. */
  public enum Format {
    TABLE,
    JSON;

    @Override
    public String toString() {
      return this == TABLE ? "table" : "json";
    }
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "Form of the answer: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "table")
  private Format format = Format.TABLE;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private final Shell shell;

  /** For the commands of this shell. */
  public OutputOptions(Shell shell) {
    this.shell = shell;
    this.command = CommandSpec.create();
  }

  /** Whether the answer is JSON. */
  public boolean json() {
    return format == Format.JSON;
  }

  /** The command's writer. */
  public PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** Tells something beside the answer, on standard error. */
  public void notice(String sentence) {
    PrintWriter err = command.commandLine().getErr();
    err.println("clawlive: " + sentence);
    err.flush();
  }

  /** Answers with one thing: its fields as JSON, or a line of words. */
  public void answer(Map<String, ?> fields, String words) {
    println(json() ? Json.write(fields) : words);
  }

  /** Answers with many things: an array as JSON, or a table. */
  public void answer(List<? extends Map<String, ?>> objects, Table table) {
    if (json()) {
      println(Json.write(objects));
    } else {
      table.print(out(), shell.terminal().columns());
      flush();
    }
  }

  /** Answers with one thing that is shown as a table of its fields. */
  public void answer(Map<String, ?> fields) {
    Table table = new Table("FIELD", "VALUE");
    fields.forEach(table::row);
    if (json()) {
      println(Json.write(fields));
    } else {
      table.print(out(), shell.terminal().columns());
      flush();
    }
  }

  /** Prints a line and makes sure that somebody reads it. */
  public void println(String line) {
    out().println(line);
    flush();
  }

  /** Hands everything printed to the reader; throws {@link OutputClosed} when there is none. */
  public void flush() {
    if (out().checkError()) {
      throw new OutputClosed();
    }
  }
}
